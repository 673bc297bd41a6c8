/** Lets an order's reports begin whose grace was ended before its time. */
import type { Order } from '../domain/order.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Report } from '../domain/report.ts';
import { isUnbegun } from '../domain/transitions.ts';
import { type NudgeDeps, nudgeReport } from './nudge-report.ts';

/**
 * The grace must be over. A report that no run has begun has nothing else to wait for. Safe to repeat: the sweeper
 * does, for a start that was cut short.
 * @param reports of the order, as read before
 */
export async function beginUnbegun(
  deps: NudgeDeps & { store: Pick<Store, 'reports'>; clock: () => Date },
  { graceUntil }: Pick<Order, 'graceUntil'>,
  reports: readonly Report[],
): Promise<void> {
  if (!graceUntil) return;
  for (const report of reports.filter(isUnbegun)) {
    if (report.notBefore === null || Date.parse(report.notBefore) <= deps.clock().getTime())
      continue;
    // refused if a run has claimed it meanwhile: then it has begun
    const begun = await deps.store.reports.change(report.id, 0, {
      notBefore: null,
      promisedFrom: graceUntil,
    });
    if (begun?.state === 'waiting') await nudgeReport(deps, begun);
  }
}
