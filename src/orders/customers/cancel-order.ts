/** A customer changes their mind: the order is cancelled before generation has begun, and refunded. */
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import { isUnbegun } from '../../domain/transitions.ts';
import { BY_CUSTOMER } from '../money/owe-unmade-reports.ts';
import type { RecordPayment } from '../money/record-payment.ts';
import type { StopUnbegun } from '../money/stop-unbegun.ts';
import type { Needs } from '../needs.ts';

/**
 * Safe to repeat. If a run begins at the same moment, the reports not begun are cancelled and
 * refunded, and the others continue.
 * @returns the order as it is now
 * @throws AlmanacError `too_late_to_cancel` when a report has begun or the order has ended;
 *   TransientFault when the payment provider is away: then nothing was changed
 */
export type CancelOrder = (order: Order) => Promise<Order>;

export function createCancelOrder(
  deps: Needs<'store' | 'payment' | 'signals'> & {
    recordPayment: RecordPayment;
    stopUnbegun: StopUnbegun;
  },
): CancelOrder {
  const { store, payment, signals } = deps;

  /** Closed at the provider first: an order that is cancelled here must not be paid there. */
  async function cancelUnpaid(order: Order): Promise<Order> {
    const { checkoutSessionId } = order;
    const checkout = checkoutSessionId && (await payment.closeCheckout(checkoutSessionId));
    if (checkout && checkout.status === 'complete') {
      // paid, or still pending: a pending payment is refunded when it arrives
      const current = await deps.recordPayment(order, checkout);
      if (current.state === 'paid') return cancelPaid(current);
    }
    await store.orders.move(order.id, 'cancelled');
    signals.wake(order.id);
    return now(order);
  }

  async function cancelPaid(order: Order): Promise<Order> {
    const reports = await store.reports.ofOrder(order.id);
    if (!reports.every(isUnbegun)) throw tooLate();
    if ((await deps.stopUnbegun(order, BY_CUSTOMER)) === 0) throw tooLate();
    return now(order);
  }

  const now = async (order: Order) => (await store.orders.find(order.id)) ?? order;

  return async (order) => {
    if (order.state === 'cancelled') return order;
    if (order.state === 'awaiting_payment') return cancelUnpaid(order);
    if (order.state !== 'paid') throw tooLate();
    return cancelPaid(order);
  };
}

function tooLate(): AlmanacError {
  return new AlmanacError(
    'too_late_to_cancel',
    'We have already started writing, or the order has ended, so it can no longer be cancelled. If something is wrong, please reply to any of our e-mails.',
  );
}
