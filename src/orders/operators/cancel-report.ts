/** An operator ends a report, also in mid-run; its share goes back to the customer. */
import { newRefund } from '../../domain/refund.ts';
import type { Report } from '../../domain/report.ts';
import { REPORT_TRANSITIONS } from '../../domain/transitions.ts';
import { type ByHandDeps, moveByHand, prompt } from './move-by-hand.ts';

/** @throws AlmanacError `not_found`, `report_state` */
export type CancelReport = (reportId: string, why: string) => Promise<Report>;

export function createCancelReport(deps: ByHandDeps): CancelReport {
  const { store, clock } = deps;

  return async (reportId, why) => {
    const report = await moveByHand(deps, reportId, {
      action: 'cancel',
      takes: 'a report that has not ended',
      detail: why,
      plan: ({ state }, now) =>
        REPORT_TRANSITIONS[state].includes('cancelled')
          ? { to: 'cancelled', change: { reason: null, settledAt: now.toISOString() } }
          : null,
    });
    const order = await store.orders.find(report.orderId);
    const now = clock();
    if (order)
      await store.refunds.ensure(newRefund({ order, report, reason: 'operator', dueAt: now }, now));
    await prompt(deps, report); // its job finds it cancelled, and settles the order
    return report;
  };
}
