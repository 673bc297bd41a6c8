/** Cancels the reports of a paid order that no run has begun, so that they never cost anything. */
import { auditEntry } from '../../domain/audit.ts';
import type { Order } from '../../domain/order.ts';
import { isUnbegun } from '../../domain/transitions.ts';
import type { CommitPaidOrder } from '../commit-paid-order.ts';
import type { Needs } from '../needs.ts';
import { nudgeReport } from '../nudge-report.ts';
import type { SettleOrder } from '../settle-order.ts';

/** @param reason kept with the report and audited. @returns how many were cancelled now; 0 if the order is not paid */
export type StopUnbegun = (order: Order, reason: string) => Promise<number>;

export function createStopUnbegun(
  deps: Needs<'store' | 'queue' | 'log' | 'clock'> & {
    commitPaidOrder: CommitPaidOrder;
    settleOrder: SettleOrder;
  },
): StopUnbegun {
  const { store, clock } = deps;

  return async (order, reason) => {
    if (order.state !== 'paid') return 0;
    // it may have been cut short before its reports were written: they must exist to be cancelled
    await deps.commitPaidOrder(order);
    let stopped = 0;
    for (const report of (await store.reports.ofOrder(order.id)).filter(isUnbegun)) {
      const now = clock();
      // refused if a run claims it at this moment: then it has begun
      const change = { reason, settledAt: now.toISOString() };
      const cancelled = await store.reports.move(report.id, 0, 'cancelled', now, change);
      if (cancelled === null) continue;
      stopped += 1;
      await nudgeReport(deps, cancelled); // its job would wait for the end of the grace
      await store.audit.append(
        auditEntry(
          {
            actor: 'api',
            action: 'cancel',
            orderId: order.id,
            reportId: report.id,
            detail: reason,
          },
          now,
        ),
      );
    }
    if (stopped > 0) await deps.settleOrder(order.id);
    return stopped;
  };
}
