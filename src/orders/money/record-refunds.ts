/** Records what the provider has refunded, including what was refunded there by hand. */
import type { Order } from '../../domain/order.ts';
import type { PaymentState } from '../../domain/ports/payment.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';
import type { StopUnbegun } from './stop-unbegun.ts';

/**
 * Safe to repeat, in any order. A full refund by hand stops the reports that have not begun.
 * @returns the order as it is now
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
        note: `a refund came back\nThe customer's bank did not accept ${refund.id} for ${order.id}. The money is still owed, and is not sent again automatically.\nAgree with the customer on another way to send it.`,
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
