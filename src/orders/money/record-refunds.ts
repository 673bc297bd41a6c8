/** Takes over what went back by the provider's own books, also what was paid back by hand there. */

import type { Order } from '../../domain/order.ts';
import type { PaymentState } from '../../domain/ports/payment.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';
import type { StopUnbegun } from './stop-unbegun.ts';

/**
 * Safe to repeat, in any order. A payment that went back whole, by hand, stops what has not begun.
 * @returns the order as it stands now
 */
export type RecordRefunds = (order: Order, payment: PaymentState) => Promise<Order>;

export function createRecordRefunds(
  deps: Needs<'store' | 'signals' | 'log' | 'clock'> & { stopUnbegun: StopUnbegun },
): RecordRefunds {
  const { store, signals } = deps;

  return async (order, payment) => {
    const { refundedMinor } = payment;
    let current = order;
    if (order.refundedMinor !== refundedMinor) {
      current = (await store.orders.change(order.id, { refundedMinor })) ?? order;
      signals.wake(order.id);
    }
    for (const refund of payment.refunds) {
      if (!refund.failed) continue;
      await raiseAlert(deps, {
        cause: `bank-refused-${refund.id}`,
        orderId: order.id,
        note: `a refund came back\n${refund.id} of ${order.id}: the customer's bank did not take it. Agree on another way with the customer.`,
      });
    }
    const byHand = payment.refunds.some((refund) => refund.shares.length === 0 && !refund.failed);
    if (byHand && refundedMinor >= payment.amountMinor) {
      const stopped = await deps.stopUnbegun(current, 'refunded');
      if (stopped > 0) current = (await store.orders.find(order.id)) ?? current;
    }
    return current;
  };
}
