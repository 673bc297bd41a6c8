/**
 * Continues what crashes, outages and an emptied Redis cut off, from the store alone. One process at a
 * time sweeps, every `timings.sweep`; all it does is safe to repeat.
 */
import type { Catalogue } from '../src/domain/catalogue.ts';
import type { EmailKind } from '../src/domain/email.ts';
import { TransientFault } from '../src/domain/errors.ts';
import { graceLeft } from '../src/domain/grace.ts';
import type { Order } from '../src/domain/order.ts';
import type { Timings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { ReportQueue } from '../src/domain/ports/work.ts';
import { DISPUTED, type FailureReason, type Report } from '../src/domain/report.ts';
import { CLAIMABLE, isSettled } from '../src/domain/transitions.ts';
import { beginUnbegun } from '../src/orders/begin-unbegun.ts';
import type { CommitPaidOrder } from '../src/orders/commit-paid-order.ts';
import { announceDelay } from '../src/orders/letters/announce-delay.ts';
import type { SendEmail } from '../src/orders/letters/send-email.ts';
import type { SettleOrder } from '../src/orders/settle-order.ts';
import { releaseToSuccessor } from '../src/orders/succeed-model.ts';
import { tellOfHeld } from '../src/orders/watch/tell-of-held.ts';
import type { Log } from '../src/telemetry/log.ts';

export interface SweeperDeps {
  store: Store;
  catalogue: Catalogue;
  queue: Pick<ReportQueue, 'ensure'>;
  commitPaidOrder: CommitPaidOrder;
  settleOrder: SettleOrder;
  sendEmail: SendEmail;
  /** kinds of letters that this process may send; left out: all */
  sends?: readonly EmailKind[];
  timings: Pick<Timings, 'sweep' | 'emailUnknown' | 'heldMost' | 'heldReminder' | 'cutOff'>;
  log: Log;
  clock: () => Date;
}

const EMAILS_A_SWEEP = 50;

/** One sweep; `stop` ends it early. @throws TransientFault `store_unavailable` */
export async function sweep(deps: SweeperDeps, stop?: AbortSignal): Promise<void> {
  const { store, log } = deps;
  for await (const order of store.orders.inState('paid')) {
    if (stop?.aborted) return;
    await guarded(log, { orderId: order.id }, () => finishOrder(deps, order));
  }

  for await (const order of store.orders.reopened()) {
    if (stop?.aborted) return;
    await guarded(log, { orderId: order.id }, () => deps.settleOrder(order.id));
  }

  const held: Report[] = [];
  for await (const report of store.reports.inStates(['held'])) {
    if (stop?.aborted) return;
    let released = false;
    await guarded(log, { reportId: report.id }, async () => {
      released = await releaseToSuccessor(deps, report);
      if (!released) await seeToHold(deps, report);
    });
    if (!released) held.push(report);
  }
  await guarded(log, { held: held.length }, () => tellOfHeld(deps, held));

  const redis = { away: false };
  for await (const report of store.reports.inStates(CLAIMABLE)) {
    if (stop?.aborted) return;
    await guarded(log, { reportId: report.id }, () => keepGoing(deps, report, redis));
  }

  const begun = deps.clock().getTime();
  const unknownBefore = new Date(begun - deps.timings.emailUnknown);
  for (const row of await store.emails.unsent(unknownBefore, EMAILS_A_SWEEP, deps.sends)) {
    // a mail provider that does not answer must not delay the next sweep of the reports
    if (stop?.aborted || deps.clock().getTime() - begun > deps.timings.sweep) return;
    await guarded(log, { emailKey: row.key }, () => deps.sendEmail(row.key));
  }

  const writes = await store.finish(new Date(deps.clock().getTime() - deps.timings.cutOff));
  if (writes > 0) log.warn({ writes }, 'finished writes that were cut off');
}

/** For an order cut short between payment and reports, or between the last report and settling. */
async function finishOrder(deps: SweeperDeps, order: Order): Promise<void> {
  const reports = await deps.store.reports.ofOrder(order.id);
  if (reports.length < order.items.length) {
    deps.log.warn({ orderId: order.id }, 'paid order lacked reports');
    await deps.commitPaidOrder(order);
    return;
  }
  if (graceLeft(order, deps.clock()) === null) await beginUnbegun(deps, order, reports);
  // even while others are open: the refund of a failed report must not wait for them
  if (reports.some((report) => isSettled(report.state))) await deps.settleOrder(order.id);
  await announceDelay(deps, order, reports);
}

/** A report that is held for too long fails. */
async function seeToHold(deps: SweeperDeps, report: Report): Promise<void> {
  // the bank decides, which takes weeks; its alert says so, and its end moves the report
  if (report.reason === DISPUTED) return;
  const since = report.heldAt ?? report.createdAt;
  if (Date.parse(since) + deps.timings.heldMost <= deps.clock().getTime()) {
    await fail(deps, report, 'held');
  }
}

/** Does nothing if somebody has moved the report meanwhile: then it is being written after all. */
async function fail(deps: SweeperDeps, report: Report, reason: FailureReason): Promise<void> {
  const now = deps.clock();
  const change = { reason, settledAt: now.toISOString() };
  const failed = await deps.store.reports.move(report.id, report.fence, 'failed', now, change);
  if (!failed) return;
  deps.log.error({ reportId: report.id, reason }, 'report failed: held or waiting for too long');
  await deps.settleOrder(report.orderId);
}

/** A report that waits past its deadline fails; any other open one gets a live job. */
async function keepGoing(
  deps: SweeperDeps,
  report: Report,
  redis: { away: boolean },
): Promise<void> {
  const { queue, log, clock } = deps;
  const now = clock();
  if (report.state === 'waiting' && Date.parse(report.deadline) <= now.getTime()) {
    return fail(deps, report, 'provider');
  }
  if (redis.away) return;
  const waitMs = report.notBefore === null ? 0 : Date.parse(report.notBefore) - now.getTime();
  try {
    const done = await queue.ensure({
      reportId: report.id,
      orderId: report.orderId,
      queue: report.queue,
      delayMs: Math.max(0, waitMs),
    });
    if (done !== 'present') log.warn({ reportId: report.id, done }, 'report had no live job');
  } catch (error) {
    redis.away = true; // the others would fail too: the next sweep tries again
    log.warn({ err: error }, 'jobs not ensured: the next sweep tries again');
  }
}

/** One broken order must not stop the sweep of the others. @throws when the store is away */
async function guarded(log: Log, ids: object, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TransientFault && error.code === 'store_unavailable') throw error;
    log.error({ err: error, ...ids }, 'sweep skipped this one');
  }
}
