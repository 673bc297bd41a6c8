/** Refunds what was paid for and will not be made: failed reports, and those that the customer cancelled. */
import type { Order } from '../../domain/order.ts';
import type { Timings } from '../../domain/patience.ts';
import type { Store } from '../../domain/ports/store.ts';
import { newRefund, type Refund } from '../../domain/refund.ts';
import type { Report } from '../../domain/report.ts';
import { isSettled } from '../../domain/transitions.ts';
import type { Log } from '../../telemetry/log.ts';
import { raiseAlert } from '../letters/raise-alert.ts';

/** A report's reason when its customer cancelled it. */
export const BY_CUSTOMER = 'customer';
/** Reason of a report that ended because its order was erased. */
export const ERASED = 'erased';
/** Cancelled for these, a report that was paid is owed. For others, the money went back on another way. */
const OWED: readonly (string | null)[] = [BY_CUSTOMER, ERASED];

export interface OweUnmadeReportsDeps {
  store: Pick<Store, 'refunds' | 'emails'>;
  timings: Pick<Timings, 'refundAfter'>;
  log: Log;
  clock: () => Date;
}

/** Safe to repeat: works from the reports as they are. */
export async function oweUnmadeReports(
  deps: OweUnmadeReportsDeps,
  order: Order,
  reports: readonly Report[],
): Promise<void> {
  const now = deps.clock();
  const owed: Refund[] = [];
  for (const report of reports.filter(({ state }) => state === 'failed')) {
    owed.push(await oweFailed(deps, order, report, now));
  }
  await bringTogether(deps, owed, now);
  // not before the last has settled: if all were cancelled, everything is refunded at once
  if (!reports.every(({ state }) => isSettled(state))) return;
  const cancelled = reports.filter(
    ({ state, reason }) => state === 'cancelled' && OWED.includes(reason),
  );
  const all = cancelled.length === reports.length;
  for (const report of all ? [null] : cancelled) {
    await deps.store.refunds.ensure(
      newRefund({ order, report, reason: 'cancelled', dueAt: now }, now),
    );
  }
}

/** An operator has `timings.refundAfter` to retry the report first. */
async function oweFailed(
  deps: OweUnmadeReportsDeps,
  order: Order,
  report: Report,
  now: Date,
): Promise<Refund> {
  const failedAt = report.settledAt === null ? now.getTime() : Date.parse(report.settledAt);
  const dueAt = new Date(failedAt + deps.timings.refundAfter);
  const owed = { order, report, reason: 'failed', dueAt } as const;
  const refund = await deps.store.refunds.ensure(newRefund(owed, now));
  await raiseAlert(deps, {
    // each run that fails is a cause of its own
    cause: `failed-${report.id}-${report.fence}`,
    orderId: order.id,
    note: `a report failed: ${report.reason}\n${report.id} (run ${report.fence})\nIts refund ${refund.id} is sent automatically at ${dueAt.toISOString()}, or later together with others of this order.\nTo give the customer the report instead, run this before then: almanac order retry ${report.id} --why "..."`,
  });
  return refund;
}

/** Those that still wait are sent with the last: one refund and one letter, not one per report. */
async function bringTogether(
  { store }: Pick<OweUnmadeReportsDeps, 'store'>,
  owed: readonly Refund[],
  now: Date,
): Promise<void> {
  const waiting = owed.filter(
    ({ state, reason, dueAt }) =>
      state === 'due' && reason === 'failed' && dueAt > now.toISOString(),
  );
  const last = waiting
    .map(({ dueAt }) => dueAt)
    .sort()
    .at(-1);
  if (last === undefined) return;
  for (const { id } of waiting.filter(({ dueAt }) => dueAt < last)) {
    await store.refunds.move(id, 'due', 'due', { dueAt: last });
  }
}
