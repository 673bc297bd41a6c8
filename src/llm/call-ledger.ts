/** The `model_calls` rows of one step: written before each request, closed after, summed at the end. */
import { newId } from '../domain/ids.ts';
import {
  type CallClosing,
  type CallEnding,
  type CallOutcome,
  type ModelCall,
  newCall,
  type Served,
} from '../domain/model-call.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ModelSettings } from '../domain/product.ts';
import type { Section } from '../domain/section.ts';
import { NO_USAGE, type Usage } from '../domain/usage.ts';
import type { CostMicros } from './prices.ts';
import type { Spend } from './spend.ts';

export interface CallLedger {
  /** A call without a row so far. */
  draft(asked: string[]): LedgerCall;
  record(ending: CallEnding | null): Promise<void>;
  /** Over all calls of the step so far, including those of earlier runs. */
  totals(): Required<Usage> & Pick<Section, 'calls' | 'costMicros'>;
}

export interface LedgerCall {
  id: string;
  /** Records that the call waits for its turn at the limits. */
  wait(): Promise<void>;
  /**
   * Reserves the most that the call may cost, and records that it is sent now. If this throws, nothing
   * may be sent.
   */
  send(most: Usage): Promise<void>;
  /** Counts the call as ended. @returns what to record of that; null for a call without a row */
  end(end: CallEnd): CallEnding | null;
}

export interface CallEnd {
  outcome: CallOutcome;
  /** as the provider counts it; null: it does not say; left out: no answer came */
  usage?: Usage | null;
  fault?: string;
  answered?: string[];
  raw?: string;
  /** what the provider says it served; the cost is booked by it */
  served?: Served;
}

export interface LedgerOptions {
  modelCalls: Pick<Store['modelCalls'], 'open' | 'sent' | 'close'>;
  spend: Spend;
  costMicros: CostMicros;
  /** rows of the step's earlier calls */
  earlier: readonly ModelCall[];
  call: Pick<ModelCall, 'reportId' | 'orderId' | 'edition' | 'step' | 'fence'>;
  model: ModelSettings;
  clock: () => Date;
}

export function createCallLedger(options: LedgerOptions): CallLedger {
  const { modelCalls, spend, costMicros, earlier, call, model, clock } = options;
  // a row that only ever waited cost nothing and is not a call
  const spent: (Usage & { costMicros: number })[] = earlier.filter((row) => row.sentAt !== null);
  const productId = call.reportId.slice(call.orderId.length + 1);

  return {
    draft(asked) {
      const id = newId('call');
      const rowAt = (now: Date) => newCall({ ...call, id, model: model.name, asked }, now);
      let waits = false;
      let sent: {
        begun: number;
        day: string;
        accounts: string[];
        micros: number;
        most: Usage;
      } | null = null;

      return {
        id,
        async wait() {
          await modelCalls.open({ ...rowAt(clock()), sentAt: null });
          waits = true;
        },
        async send(most) {
          const micros = costMicros(model, most);
          const accounts = await spend.reserve(call.reportId, micros);
          const now = clock();
          try {
            await (waits ? modelCalls.sent(id, now) : modelCalls.open(rowAt(now)));
          } catch (error) {
            await spend.release(accounts, micros);
            throw error;
          }
          const day = now.toISOString().slice(0, 10);
          sent = { begun: performance.now(), day, accounts, micros, most };
        },
        end({ outcome, usage, fault, answered = [], raw, served }) {
          if (!sent && !waits) return null;
          const costOf = (used: Usage) => costMicros(model, used, served);
          const billed = sent !== null && !NOT_BILLED.has(fault ?? '');
          const told = usage === undefined && !billed ? NO_USAGE : usage;
          const known = told && Number.isSafeInteger(costOf(told)) ? told : null;
          const used = known ?? sent?.most ?? NO_USAGE;
          const closing: CallClosing = {
            ...used,
            outcome,
            fault: fault ?? null,
            answered,
            costMicros: costOf(used),
            ...(known === null && { usageUnknown: true }),
            ...(served && { served }),
            latencyMs: sent && Math.round(performance.now() - sent.begun),
            raw: raw ?? null,
            closedAt: clock().toISOString(),
          };
          if (!sent) return { id, closing };
          spent.push(closing);
          const { day, accounts, micros: reservedMicros } = sent;
          const { reportId } = call;
          const of = { reportId, productId, model: model.name };
          return { id, closing, booking: { ...of, day, accounts, reservedMicros } };
        },
      };
    },
    async record(ending) {
      if (ending) await modelCalls.close(ending.id, ending.closing, ending.booking);
    },
    totals() {
      const sum = (field: keyof Usage | 'costMicros'): number =>
        spent.reduce((total, each) => total + (each[field] ?? 0), 0);
      return {
        tokensIn: sum('tokensIn'),
        tokensCached: sum('tokensCached'),
        tokensWritten: sum('tokensWritten'),
        tokensOut: sum('tokensOut'),
        tokensReasoning: sum('tokensReasoning'),
        costMicros: sum('costMicros'),
        calls: spent.length,
      };
    },
  };
}

/**
 * After these the provider has written nothing, so nothing is billed. After any other end it may have written
 * an answer that never arrived: then nobody knows what was used, and the most is booked.
 */
const NOT_BILLED: ReadonlySet<string> = new Set([
  'openai_unreachable',
  'openai_unavailable',
  'openai_rate_limit',
  'openai_proxy',
  'openai_quota',
  'openai_too_large',
  'openai_key',
  'openai_model',
  'content',
]);
