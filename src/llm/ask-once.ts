/** One call for a batch of questions: its tries, each with its row, and its answer taken and recorded. */
import type { StepPlan } from '../domain/call-plan.ts';
import { StaleRun } from '../domain/errors.ts';
import type { CallOutcome } from '../domain/model-call.ts';
import type { Store } from '../domain/ports/store.ts';
import type { StepContext } from '../domain/ports/work.ts';
import { isSettled } from '../domain/transitions.ts';
import type { Log } from '../telemetry/log.ts';
import type { AnswerSheet } from './answer-sheet.ts';
import type { CallLedger, OpenCall } from './call-ledger.ts';
import type { Caller, ModelReply } from './caller.ts';
import { classifyFault } from './classify-fault.ts';
import { buildPrompt } from './prompt.ts';
import { type TryOptions, withTries } from './tries.ts';

/** Questions that one request asks together. */
export interface Batch {
  ids: string[];
  /** how often they were asked in vain */
  reasked: number;
  /** the model refused them once */
  refused: boolean;
}

export interface AskOnceOptions {
  reports: Pick<Store['reports'], 'find'>;
  caller: Caller;
  step: StepPlan;
  context: StepContext;
  sheet: AnswerSheet;
  ledger: CallLedger;
  timings: TryOptions['timings'];
  log: Log;
  clock: () => Date;
}

/**
 * Asks, with up to three tries; the valid answers land in the sheet.
 * @throws what the last fault is by `classify-fault.ts`, StaleRun, or the signal's reason
 */
export async function askOnce(
  batch: Batch,
  options: AskOnceOptions,
): Promise<ModelReply['finish']> {
  const { sheet, timings, log, context } = options;
  const { call, reply } = await withTries(() => send(batch, options), {
    timings,
    signal: context.signal,
    onWait: ({ fault, failedTry, waitMs }) =>
      log.warn({ fault: fault.code, failedTry, waitMs }, 'trying again'),
  });

  // From here on the answer is paid for. It is recorded even if the run was told to stop, and a
  // store that is away for a moment must not have it asked for again.
  const answered = sheet.take(reply.text);
  const outcome = outcomeOf(reply.finish, answered.length, batch.ids.length);
  await withTries(() => call.close({ outcome, usage: reply.usage, answered, raw: reply.text }), {
    timings,
    signal: NEVER,
  });
  if (outcome !== 'answered') {
    const counts = { asked: batch.ids.length, answered: answered.length };
    log.warn({ call: call.id, outcome, ...counts }, 'answers missing or bad');
  }
  return reply.finish;
}

const NEVER = new AbortController().signal;

/** One request, behind the fence, between its row's opening and, if it fails, its closing. */
async function send(
  batch: Batch,
  options: AskOnceOptions,
): Promise<{ call: OpenCall; reply: ModelReply }> {
  const { reports, caller, step, context, sheet, ledger, clock } = options;
  const { report, plan, digest, model, signal } = context;
  await stopIfStale(reports, report);
  signal.throwIfAborted();
  const prompt = buildPrompt({ plan, step, digest, ids: batch.ids, note: noteOn(batch, sheet) });
  const call = await ledger.open(batch.ids);
  try {
    const reply = await caller({
      ...prompt,
      id: call.id,
      cacheKey: report.id,
      voice: step.voice,
      model,
      timeoutMs: context.callMs,
      signal,
    });
    return { call, reply };
  } catch (error) {
    if (signal.aborted) {
      await call.close({ outcome: 'aborted' });
      throw signal.reason;
    }
    const fault = classifyFault(error, clock());
    await call.close({ outcome: 'fault', fault: fault.code });
    throw fault;
  }
}

async function stopIfStale(
  reports: AskOnceOptions['reports'],
  held: StepContext['report'],
): Promise<void> {
  const report = await reports.find(held.id);
  const mine = report?.fence === held.fence;
  // settled or held by an operator, or by the hard limit: this run may not spend another cent
  if (!mine || report.state === 'held' || isSettled(report.state)) throw new StaleRun(held.id);
}

function outcomeOf(finish: ModelReply['finish'], answered: number, asked: number): CallOutcome {
  if (finish !== 'complete') return finish;
  if (answered >= asked) return 'answered';
  return answered > 0 ? 'partial' : 'invalid';
}

/** Tells the model what was wrong; null the first time. Ids and our own words only. */
function noteOn(batch: Batch, sheet: AnswerSheet): string | null {
  if (batch.refused) {
    return 'These questions are for a book that is read for pleasure and reflection. Nothing in them asks for a prediction of harm, or for medical, legal or financial advice, and none is wanted. Answer each of them in that spirit.';
  }
  if (batch.reasked === 0) return null;
  const flaws = batch.ids.map((id) => `${id}: ${sheet.flaw(id)}`).join('\n');
  return `These questions were asked before, and this was wrong with their answers:\n${flaws}\nAnswer each of them in full, in English, within the length asked for, and unlike any other answer.`;
}
