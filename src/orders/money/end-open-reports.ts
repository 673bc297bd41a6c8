/** Cancels every report of an order that has not ended, also in mid-run: a run sees it at its next call or write. */
import { isSettled } from '../../domain/transitions.ts';
import type { Needs } from '../needs.ts';

/** Safe to repeat. @param reason kept with each report: it decides whether its share is owed. @returns ids cancelled now */
export async function endOpenReports(
  { store, clock }: Needs<'store' | 'clock'>,
  orderId: string,
  reason: string,
): Promise<string[]> {
  const ended: string[] = [];
  for (const { id } of await store.reports.ofOrder(orderId)) {
    for (;;) {
      const report = await store.reports.find(id);
      if (!report || isSettled(report.state)) break;
      const now = clock();
      const change = { reason, settledAt: now.toISOString() };
      // refused when a run claims it in this moment: then with its fence
      if (!(await store.reports.move(id, report.fence, 'cancelled', now, change))) continue;
      ended.push(id);
      break;
    }
  }
  return ended;
}
