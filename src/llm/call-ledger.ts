/** The `model_calls` rows of one step: written before each request, closed after, summed at the end. */
import { newId } from '../domain/ids.ts';
import type { CallClosing, CallOutcome, ModelCall } from '../domain/model-call.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ModelSettings } from '../domain/product.ts';
import type { Section, Usage } from '../domain/section.ts';
import { costMicros } from './prices.ts';

export interface CallLedger {
  /** Records a request that is about to be sent. Nothing may be sent when this throws. */
  open(asked: string[]): Promise<OpenCall>;
  /** Over all calls of the step so far, those of earlier runs included. */
  totals(): Pick<Section, 'tokensIn' | 'tokensCached' | 'tokensOut' | 'calls' | 'costMicros'>;
}

export interface OpenCall {
  id: string;
  close(end: CallEnd): Promise<void>;
}

export interface CallEnd {
  outcome: CallOutcome;
  usage?: Usage;
  fault?: string;
  answered?: string[];
  raw?: string;
}

export interface LedgerOptions {
  modelCalls: Pick<Store['modelCalls'], 'open' | 'close'>;
  /** what the step's earlier calls have recorded */
  earlier: readonly ModelCall[];
  call: Pick<ModelCall, 'reportId' | 'orderId' | 'edition' | 'step' | 'fence'>;
  model: ModelSettings;
  clock: () => Date;
}

const NO_USAGE: Usage = { tokensIn: 0, tokensCached: 0, tokensOut: 0 };

export function createCallLedger(options: LedgerOptions): CallLedger {
  const { modelCalls, earlier, call, model, clock } = options;
  const spent: (Usage & { costMicros: number })[] = [...earlier];

  return {
    async open(asked) {
      const id = newId('call');
      await modelCalls.open({
        ...call,
        ...NO_USAGE,
        id,
        model: model.name,
        asked,
        outcome: null,
        fault: null,
        answered: [],
        costMicros: 0,
        latencyMs: null,
        raw: null,
        openedAt: clock().toISOString(),
        closedAt: null,
      });
      const begun = performance.now();
      return {
        id,
        async close({ outcome, usage = NO_USAGE, fault, answered = [], raw }) {
          const closing: CallClosing = {
            ...usage,
            outcome,
            fault: fault ?? null,
            answered,
            costMicros: costMicros(model, usage),
            latencyMs: Math.round(performance.now() - begun),
            raw: raw ?? null,
            closedAt: clock().toISOString(),
          };
          await modelCalls.close(id, closing);
          spent.push(closing);
        },
      };
    },
    totals() {
      const sum = (field: keyof Usage | 'costMicros'): number =>
        spent.reduce((total, each) => total + each[field], 0);
      return {
        tokensIn: sum('tokensIn'),
        tokensCached: sum('tokensCached'),
        tokensOut: sum('tokensOut'),
        costMicros: sum('costMicros'),
        calls: spent.length,
      };
    },
  };
}
