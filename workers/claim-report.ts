/** Decides whether a job may become a run, and claims its report. */
import type { Catalogue } from '../src/domain/catalogue.ts';
import type { Order } from '../src/domain/order.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type { Timings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import type { FailureReason, Report } from '../src/domain/report.ts';
import { isSettled, PAID } from '../src/domain/transitions.ts';
import { lostRunMs } from './uncounted-time.ts';

export interface ClaimDeps {
  store: Pick<Store, 'orders' | 'reports' | 'modelCalls'>;
  catalogue: Catalogue;
  timings: Pick<Timings, 'versionAway'>;
  clock: () => Date;
}

export type Claim =
  | { kind: 'claimed'; report: Report; order: Order; definition: ProductDefinition }
  /** @property settled the report had already ended: its order may still have to be settled */
  | { kind: 'refused'; outcome: Outcome; settled: boolean };

/** Nothing is written unless the report is claimed. */
export async function claimReport(
  { store, catalogue, timings, clock }: ClaimDeps,
  job: { reportId: string; orderId: string },
): Promise<Claim> {
  const report = await store.reports.find(job.reportId);
  if (!report) return drop('gone');
  if (isSettled(report.state)) {
    return { kind: 'refused', outcome: outcomeOfSettled(report), settled: true };
  }
  if (report.state === 'held') {
    return refused({ kind: 'hold', reason: report.reason ?? 'held' });
  }
  const order = await store.orders.find(report.orderId);
  if (!order || !PAID.includes(order.state)) return drop('unpaid');
  if (order.erasedAt) return drop('erased');
  const definition = catalogue.definition(report.productId, report.version);
  if (!definition) return snooze(timings.versionAway, 'version_away');

  const now = clock();
  const waitMs = report.notBefore === null ? 0 : Date.parse(report.notBefore) - now.getTime();
  if (waitMs > 0) return snooze(waitMs, 'not_before');
  const claimed = await store.reports.claim(report.id, now);
  if (!claimed) return drop('changed');
  // Until a report is claimed, its customer may correct the order: it is read again after the claim, and frozen by
  // the same write. A correction comes before that and is read here, or it is refused.
  const current = order.subjectFrozenAt ? order : await store.orders.freezeSubject(order.id, now);
  // nobody is left to write about: the erasure cancels the report
  if (!current || current.erasedAt) return drop('erased');
  const counted = await withLostRun(store, report, claimed);
  if (!counted) return drop('changed');
  return { kind: 'claimed', report: counted, order: current, definition };
}

/** A run that died could not add its own time: the next run does. @param before as read before the claim */
async function withLostRun(
  store: ClaimDeps['store'],
  before: Report,
  claimed: Report,
): Promise<Report | null> {
  const { fence, runStartedAt: startedAt } = before;
  const lost = startedAt !== null && claimed.fence === fence + 1;
  if (!lost || claimed.runningMs !== before.runningMs) return claimed; // it ended properly after all
  const ranMs = lostRunMs(await store.modelCalls.ofReport(claimed.id), { fence, startedAt });
  const runningMs = claimed.runningMs + ranMs;
  return store.reports.change(claimed.id, claimed.fence, { runningMs });
}

function outcomeOfSettled(report: Report): Outcome {
  if (report.state === 'delivered') return { kind: 'done' };
  if (report.state === 'cancelled') return { kind: 'cancel' };
  return { kind: 'fail', reason: failureReasonOf(report) };
}

function failureReasonOf({ reason }: Report): FailureReason {
  const known: FailureReason[] = ['attempts', 'time_limit', 'provider', 'held'];
  return known.find((each) => each === reason) ?? 'attempts';
}

function refused(outcome: Outcome): Claim {
  return { kind: 'refused', outcome, settled: false };
}

function drop(reason: string): Claim {
  return refused({ kind: 'drop', reason });
}

function snooze(delayMs: number, reason: string): Claim {
  return refused({ kind: 'snooze', delayMs, reason });
}
