/** Asks one step until every answer is there and valid, and pays for no answer twice. */
import { ContentFault } from '../domain/errors.ts';
import type { CallEnding } from '../domain/model-call.ts';
import { type Timings, TRIES } from '../domain/patience.ts';
import type { Store } from '../domain/ports/store.ts';
import type { AskStep } from '../domain/ports/work.ts';
import type { ProductDefinition } from '../domain/product.ts';
import { editionOfStep } from '../domain/report.ts';
import type { Section } from '../domain/section.ts';
import type { Log } from '../telemetry/log.ts';
import { type AnswerSheet, createAnswerSheet } from './answers/answer-sheet.ts';
import { askOnce, type Batch, untilRecorded } from './ask-once.ts';
import type { Breaker } from './breaker.ts';
import { createCallLedger } from './call-ledger.ts';
import type { Caller, ModelReply } from './caller.ts';
import type { Limits } from './limits/limits.ts';
import type { CostMicros } from './prices.ts';
import type { Spend } from './spend.ts';

export interface AskStepDeps {
  store: {
    modelCalls: Pick<Store['modelCalls'], 'open' | 'sent' | 'close' | 'ofStep'>;
    reports: Pick<Store['reports'], 'find'>;
  };
  callers: Readonly<Record<ProductDefinition['caller'], Caller>>;
  limits: Limits;
  breaker: Breaker;
  spend: Spend;
  costMicros: CostMicros;
  timings: Pick<Timings, 'tryMin' | 'tryMax' | 'retryAfterMost' | 'limitsWait'>;
  log: Log;
  clock?: () => Date;
}

export function createAskStep(deps: AskStepDeps): AskStep {
  const { store, callers, limits, breaker, spend, timings, clock = () => new Date() } = deps;
  const { costMicros } = deps;

  return async (step, context) => {
    const { report, model } = context;
    const edition = editionOfStep(report, step.step);
    const of = { reportId: report.id, orderId: report.orderId, edition, step: step.step };
    const log = deps.log.child(of);

    // First use the answers that an earlier run received but could not save.
    const earlier = await store.modelCalls.ofStep(report.id, edition, step.step);
    const sheet = createAnswerSheet(step, context.answerLength, context.said ?? new Set());
    for (const { raw } of earlier) if (raw !== null) sheet.take(raw);

    const ledger = createCallLedger({
      modelCalls: store.modelCalls,
      spend,
      costMicros,
      earlier,
      call: { ...of, fence: report.fence },
      model,
      clock,
    });
    const once = {
      reports: store.reports,
      caller: callers[context.caller],
      step,
      context,
      sheet,
      ledger,
      limits,
      breaker,
      timings,
      log,
      clock,
    };

    const batches = inBatches(sheet.missing(), Number.POSITIVE_INFINITY, {
      reasked: 0,
      refused: false,
    });
    let last: CallEnding | undefined;
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const asked = await askOnce(batch, once);
      last = asked.last;
      batches.unshift(...again(batch, asked.finish, sheet));
    }
    const section: Section = {
      ...of,
      ...ledger.totals(),
      answers: sheet.answers(),
      model: model.name,
      completedAt: clock().toISOString(),
    };
    try {
      await untilRecorded(() => context.save(section, last), timings);
    } catch (error) {
      // the row keeps the raw answer, from which the next run makes the section
      if (last) await ledger.record(last);
      throw error;
    }
  };
}

/** What must be asked again from a batch. @throws ContentFault when it was asked often enough */
function again(batch: Batch, finish: ModelReply['finish'], sheet: AnswerSheet): Batch[] {
  const missing = new Set(sheet.missing());
  const left = batch.ids.filter((id) => missing.has(id));
  const refused = finish === 'refused';
  if (left.length > 0 && (batch.reasked >= TRIES.reasks || (refused && batch.refused))) {
    const flaws = [...new Set(left.map((id) => sheet.flaw(id)))].join(', ');
    throw new ContentFault(
      `${left.length} answers of one step are still bad after ${batch.reasked + 1} requests: ${flaws}`,
    );
  }
  // after an answer that ran out of room, ask in halves
  const most = finish === 'cut_off' ? Math.ceil(batch.ids.length / 2) : left.length;
  return inBatches(left, most, { reasked: batch.reasked + 1, refused });
}

function inBatches(ids: string[], most: number, state: Omit<Batch, 'ids'>): Batch[] {
  if (ids.length === 0) return [];
  if (ids.length <= most) return [{ ids, ...state }];
  return [{ ids: ids.slice(0, most), ...state }, ...inBatches(ids.slice(most), most, state)];
}
