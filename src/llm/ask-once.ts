/** One call for a batch of questions: its tries, a row for each, and its answer, read and recorded. */
import type { StepPlan } from '../domain/call-plan.ts';
import { AlmanacError, StaleRun } from '../domain/errors.ts';
import type { CallEnding, CallOutcome } from '../domain/model-call.ts';
import type { Timings } from '../domain/patience.ts';
import type { Store } from '../domain/ports/store.ts';
import type { StepContext } from '../domain/ports/work.ts';
import { stillHeldBy } from '../domain/transitions.ts';
import { NO_USAGE, type Usage } from '../domain/usage.ts';
import type { Log } from '../telemetry/log.ts';
import type { AnswerSheet } from './answers/answer-sheet.ts';
import type { Breaker } from './breaker.ts';
import type { CallLedger, LedgerCall } from './call-ledger.ts';
import type { Caller, ModelReply } from './caller.ts';
import { classifyFault } from './classify-fault.ts';
import type { Admission, Limits } from './limits/limits.ts';
import { mostUsage } from './most-usage.ts';
import { buildPrompt, type Prompt } from './prompt.ts';
import { type TryOptions, withTries } from './tries.ts';

/** Questions that one request asks together. */
export interface Batch {
  ids: string[];
  /** how often they were asked again */
  reasked: number;
  /** the model has refused them once */
  refused: boolean;
}

export interface AskOnceOptions {
  reports: Pick<Store['reports'], 'find'>;
  caller: Caller;
  step: StepPlan;
  context: StepContext;
  sheet: AnswerSheet;
  ledger: CallLedger;
  limits: Limits;
  breaker: Breaker;
  timings: TryOptions['timings'] & Pick<Timings, 'limitsWait'>;
  log: Log;
  clock: () => Date;
}

export interface Asked {
  finish: ModelReply['finish'];
  /** how the call ended, if that must still be recorded, together with the section it completed */
  last?: CallEnding;
}

/**
 * Asks, with up to three tries. Valid answers go to the sheet.
 * @throws the last fault as `classify-fault.ts` reads it, StaleRun, or the signal's reason
 */
export async function askOnce(batch: Batch, options: AskOnceOptions): Promise<Asked> {
  const { sheet, ledger, timings, log, context } = options;
  const { call, reply } = await withTries(() => send(batch, options), {
    timings,
    signal: context.signal,
    onWait: ({ fault, failedTry, waitMs }) =>
      log.warn({ fault: fault.code, failedTry, waitMs }, 'trying again'),
  });

  // From here on the answer is paid for. It is recorded even if the run was told to stop. A store that
  // is away for a moment must not make us ask for it again.
  const answered = sheet.take(reply.text);
  const outcome = outcomeOf(reply.finish, answered.length, batch.ids.length);
  const ending = call.end({ ...reply, outcome, answered, raw: reply.text });
  if (reply.usage === null) {
    log.warn({ call: call.id }, 'the provider does not say what a call used: the most is booked');
  }
  if (outcome !== 'answered') {
    const counts = { asked: batch.ids.length, answered: answered.length };
    log.warn({ call: call.id, outcome, ...counts }, 'answers missing or bad');
  }
  const { finish } = reply;
  if (ending && sheet.missing().length === 0) return { finish, last: ending };
  await untilRecorded(() => ledger.record(ending), timings);
  return { finish };
}

/** Ignores the run's signal: what was written has been paid for. */
export function untilRecorded(
  write: () => Promise<void>,
  timings: TryOptions['timings'],
): Promise<void> {
  return withTries(write, { timings, signal: new AbortController().signal });
}

/** One request: its turn at the limits, the fence check, the breaker, its row and its booking. */
async function send(
  batch: Batch,
  options: AskOnceOptions,
): Promise<{ call: LedgerCall; reply: ModelReply }> {
  const { reports, step, context, sheet, ledger, breaker } = options;
  const { report, plan, digest, model, signal } = context;
  signal.throwIfAborted();
  const prompt = buildPrompt({ plan, step, digest, ids: batch.ids, note: noteOn(batch, sheet) });
  const most = mostUsage(prompt, model);
  const call = ledger.draft(batch.ids);
  const turn = await turnOf(call, most, options);
  let usage: Usage | null = NO_USAGE;
  try {
    await stopIfStale(reports, report);
    signal.throwIfAborted();
    const reply = await breaker.run(async () => {
      await call.send(most);
      usage = null;
      return request(prompt, call, options);
    });
    usage = reply.usage;
    return { call, reply };
  } catch (error) {
    const told = error === signal.reason || error instanceof StaleRun;
    const fault = error instanceof AlmanacError && !told ? error.code : undefined;
    await ledger.record(call.end({ outcome: fault === undefined ? 'aborted' : 'fault', fault }));
    throw error;
  } finally {
    turn.end(usage && usage.tokensIn + usage.tokensOut);
  }
}

/** @throws the fault as `classify-fault.ts` reads it, or the signal's reason */
async function request(
  prompt: Prompt,
  call: LedgerCall,
  { caller, step, context, clock }: AskOnceOptions,
): Promise<ModelReply> {
  const { report, model, signal } = context;
  try {
    return await caller({
      ...prompt,
      id: call.id,
      cacheKey: report.id,
      voice: step.voice,
      model,
      timeoutMs: context.callMs,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw classifyFault(error, clock());
  }
}

/** Waits for the call's turn. A long wait gets a row, so that it does not count as running time. */
async function turnOf(
  call: LedgerCall,
  most: Usage,
  { limits, ledger, timings, context }: AskOnceOptions,
): Promise<Admission> {
  const { report, signal, callMs } = context;
  const turn = limits.admit({
    reportId: report.id,
    tokens: most.tokensIn + most.tokensOut,
    leaseMs: callMs,
    signal,
  });
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), timings.limitsWait);
  try {
    if ((await Promise.race([turn, late.promise])) === 'late') await call.wait();
    return await turn;
  } catch (error) {
    turn.then(
      (admitted) => admitted.end(0),
      () => {},
    );
    await ledger.record(call.end({ outcome: 'aborted' }));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stopIfStale(
  reports: AskOnceOptions['reports'],
  held: StepContext['report'],
): Promise<void> {
  const report = await reports.find(held.id);
  // settled, or held by an operator or by the hard limit: this run may not spend another cent
  if (!stillHeldBy(report, held.fence)) throw new StaleRun(held.id);
}

function outcomeOf(finish: ModelReply['finish'], answered: number, asked: number): CallOutcome {
  if (finish !== 'complete') return finish;
  if (answered >= asked) return 'answered';
  return answered > 0 ? 'partial' : 'invalid';
}

/** Tells the model what was wrong; null the first time. Contains only ids and our own words. */
function noteOn(batch: Batch, sheet: AnswerSheet): string | null {
  if (batch.refused) {
    return 'These questions are for a book that is read for pleasure and reflection. Nothing in them asks for a prediction of harm, or for medical, legal or financial advice, and none is wanted. Answer each of them in that spirit.';
  }
  if (batch.reasked === 0) return null;
  const flaws = batch.ids.map((id) => `${id}: ${sheet.flaw(id)}`).join('\n');
  return `These questions were asked before, and this was wrong with their answers:\n${flaws}\nAnswer each of them in full, in plain English text, within the length asked for, and unlike any other answer.`;
}
