/** An operator refunds an order, or one report's share of it. */
import { auditEntry } from '../../domain/audit.ts';
import { AlmanacError } from '../../domain/errors.ts';
import { newRefund, type Refund } from '../../domain/refund.ts';
import type { Needs } from '../needs.ts';

/**
 * Sent at the next turn, and never more than is left of the payment. Reports that are not yet written
 * continue: cancel them separately if they should not.
 * @param productId whose share; null: all that is left of the order
 * @throws AlmanacError `not_found`, `not_paid`, or `refund_state` when a refund is already owed, sent or done
 */
export type RefundOrder = (
  orderId: string,
  productId: string | null,
  why: string,
) => Promise<Refund>;

export function createRefundOrder({ store, clock }: Needs<'store' | 'clock'>): RefundOrder {
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
    const entry = { actor: 'operator', action: 'refund', orderId, detail: why };
    await store.audit.append(auditEntry({ ...entry, reportId: report?.id ?? null }, now));
    return refund;
  };
}
