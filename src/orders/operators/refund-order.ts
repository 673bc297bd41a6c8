/** An operator refunds an order, or one report's share of it. */
import { auditEntry } from '../../domain/audit.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import type { Signals } from '../../domain/ports/work.ts';
import { newRefund, type Refund } from '../../domain/refund.ts';
import { endOpenReports } from '../money/end-open-reports.ts';
import type { Needs } from '../needs.ts';
import { type NudgeDeps, nudgeReport } from '../nudge-report.ts';

/** Reason of a report that ended because all that was paid for its order goes back. */
const REFUNDED = 'refunded';

/**
 * Sent at the next turn, and never more than is left of the payment. A whole order ends with it: its open reports
 * are cancelled, its downloads closed. Of one report only the share goes back: it continues unless it is cancelled.
 * Safe to repeat, and to ask for many times at once: one row, one entry in the audit.
 * @param productId whose share; null: all that is left of the order
 * @throws AlmanacError `not_found`, `not_paid`, or `refund_state` when a refund is already owed, sent or done
 */
export type RefundOrder = (
  orderId: string,
  productId: string | null,
  why: string,
) => Promise<Refund>;

export function createRefundOrder(
  deps: Needs<'store' | 'clock'> & { signals: Pick<Signals, 'wake'> } & NudgeDeps,
): RefundOrder {
  const { store, clock } = deps;

  /** @returns ids of the reports that were cancelled for it */
  async function endOrder(order: Order): Promise<string[]> {
    const ended = await endOpenReports(deps, order.id, REFUNDED);
    if (!order.withdrawnAt) {
      await store.orders.change(order.id, { withdrawnAt: clock().toISOString() });
    }
    deps.signals.wake(order.id);
    // the job of a cancelled report settles its order
    for (const id of ended) {
      const report = await store.reports.find(id);
      if (report !== null) await nudgeReport(deps, report);
    }
    const reports = await store.reports.ofOrder(order.id);
    return reports.filter(({ reason }) => reason === REFUNDED).map(({ id }) => id);
  }

  return async (orderId, productId, why) => {
    const order = await store.orders.find(orderId);
    if (order === null) throw new AlmanacError('not_found', `There is no order ${orderId}.`);
    if (order.paymentIntentId === null) {
      throw new AlmanacError('not_paid', `${orderId} was not paid, so there is nothing to refund.`);
    }
    const reports = await store.reports.ofOrder(orderId);
    const report = reports.find((each) => each.productId === productId) ?? null;
    if (productId !== null && report === null) {
      throw new AlmanacError('not_found', `${orderId} has no report for ${productId}.`);
    }
    const now = clock();
    const refund = await store.refunds.ensure(
      newRefund({ order, report, reason: 'operator', dueAt: now }, now),
    );
    if (refund.reason !== 'operator' || refund.state !== 'due') {
      const state = `${refund.id} is ${refund.state}, due at ${refund.dueAt}`;
      throw new AlmanacError('refund_state', `There is already a refund: ${state}.`);
    }
    const ended = report === null ? await endOrder(order) : [];
    const detail = [why, ...ended.map((id) => `${id} cancelled`)].join('; ');
    await store.audit.append({
      ...auditEntry({ actor: 'operator', action: 'refund', orderId, detail }, now),
      // the same for all who asked for this refund, so that the first alone is kept
      id: `aud_${refund.id}_${Date.parse(refund.dueAt)}`,
      reportId: report?.id ?? null,
    });
    return refund;
  };
}
