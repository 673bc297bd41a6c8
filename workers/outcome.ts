/** The one table that maps what went wrong in a run to the job's outcome and the report's next state. */
import { NeedsOperator, RunStopped, StaleRun, TransientFault } from '../src/domain/errors.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import { type Timings, TRIES } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { FailureReason, Report, ReportChange } from '../src/domain/report.ts';
import { raiseAlert } from '../src/orders/letters/raise-alert.ts';
import { auditSuccession } from '../src/orders/succeed-model.ts';
import { afterModelGone, type ChooseModelDeps } from './choose-model.ts';
import { hostAlert, hostFaultIn } from './host-fault.ts';

export interface Verdict {
  outcome: Outcome;
  /** null: nothing is written */
  to: 'waiting' | 'held' | 'failed' | null;
  change: ReportChange;
  /** a fault of the machine, in the system's words: an operator is alerted */
  hostFault?: string;
}

type JudgeTimings = Pick<Timings, 'snooze' | 'snoozeMost' | 'attemptBackoff' | 'storeAway'>;

/**
 * @param signal the run's: if it was aborted, its reason counts, not what broke because of it
 * @param report as it is now
 */
export function judge(
  error: unknown,
  signal: AbortSignal,
  report: Pick<Report, 'attempts' | 'snoozes'>,
  now: Date,
  timings: JudgeTimings,
): Verdict {
  const cause: unknown = signal.aborted ? signal.reason : error;
  for (const each of [error, cause]) {
    if (each instanceof StaleRun) return nothing({ kind: 'drop', reason: each.code });
  }
  if (cause instanceof RunStopped) {
    if (cause.code === 'time_limit') return failed('time_limit', now);
    return waiting({ kind: 'snooze', delayMs: 0, reason: cause.code }, now, {});
  }
  if (isStoreAway(cause)) return nothing(outcomeWithoutStore(timings));
  const snoozed = (reason: string, retryAfterMs: number | null): Verdict => {
    const backoff = Math.min(timings.snooze * 2 ** report.snoozes, timings.snoozeMost);
    // a provider that asks for no wait at all, again and again, gets ours
    const outcome: Outcome = { kind: 'snooze', delayMs: retryAfterMs || backoff, reason };
    return waiting(outcome, now, { snoozes: report.snoozes + 1 });
  };
  if (cause instanceof TransientFault) return snoozed(cause.code, cause.retryAfterMs);
  if (cause instanceof NeedsOperator) {
    const outcome: Outcome = { kind: 'hold', reason: cause.code };
    return { outcome, to: 'held', change: { reason: cause.code } };
  }
  const hostFault = hostFaultIn(cause);
  if (hostFault !== null) return { ...snoozed('host_fault', null), hostFault };
  const attempts = report.attempts + 1;
  if (attempts >= TRIES.attempts) {
    const verdict = failed('attempts', now);
    return { ...verdict, change: { ...verdict.change, attempts } };
  }
  const delayMs = timings.attemptBackoff * 2 ** report.attempts;
  return waiting({ kind: 'retry', delayMs, reason: codeOf(cause) }, now, { attempts });
}

export interface ConcludeDeps extends ChooseModelDeps {
  store: Pick<Store, 'reports' | 'emails' | 'models' | 'audit'>;
  timings: JudgeTimings;
}

/**
 * Writes the verdict under the run's fence. A run that lost its fence meanwhile writes nothing.
 * @param countedMs the running time of this run
 * @throws when the store does not answer
 */
export async function concludeFault(
  deps: ConcludeDeps,
  run: Report,
  error: unknown,
  signal: AbortSignal,
  countedMs: () => Promise<number>,
): Promise<Outcome> {
  const { store, timings, clock } = deps;
  const log = deps.log.child({ reportId: run.id, fence: run.fence });
  const report = (await store.reports.find(run.id)) ?? run;
  const now = clock();
  const judged = judge(error, signal, report, now, timings);
  const next = judged.to === 'held' ? await afterModelGone(deps, report, error) : null;
  const { outcome, to, change, hostFault } = next === null ? judged : goesOn(next.name, now);
  const level = outcome.kind === 'hold' || outcome.kind === 'fail' ? 'error' : 'warn';
  log[level]({ err: error, outcome: outcome.kind }, 'run did not finish');
  if (to === null) return outcome;
  const runningMs = report.runningMs + (await countedMs());
  const written = await store.reports.move(run.id, run.fence, to, now, { ...change, runningMs });
  if (!written) return { kind: 'drop', reason: 'stale_run' };
  if (next !== null) await auditSuccession(deps, report, next);
  if (hostFault !== undefined) await raiseAlert(deps, hostAlert(run, hostFault, now));
  return outcome;
}

/** The store does not answer: the report stays as it is until it does. */
export function outcomeWithoutStore({ storeAway }: Pick<Timings, 'storeAway'>): Outcome {
  return { kind: 'snooze', delayMs: storeAway, reason: 'store_unavailable' };
}

/** With another model, at once. */
function goesOn(successor: string, now: Date): Verdict {
  return waiting({ kind: 'snooze', delayMs: 0, reason: 'model_ended' }, now, { successor });
}

function isStoreAway(error: unknown): boolean {
  return error instanceof TransientFault && error.code === 'store_unavailable';
}

function nothing(outcome: Outcome): Verdict {
  return { outcome, to: null, change: {} };
}

function waiting(
  outcome: Outcome & { delayMs: number; reason: string },
  now: Date,
  change: ReportChange,
): Verdict {
  const { delayMs, reason } = outcome;
  const notBefore = delayMs > 0 ? new Date(now.getTime() + delayMs).toISOString() : null;
  return { outcome, to: 'waiting', change: { ...change, reason, notBefore } };
}

function failed(reason: FailureReason, now: Date): Verdict {
  const settledAt = now.toISOString();
  return { outcome: { kind: 'fail', reason }, to: 'failed', change: { reason, settledAt } };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'bug';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'bug';
}
