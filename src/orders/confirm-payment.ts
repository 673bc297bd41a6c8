/** Asks the provider whether an order is paid, so that a customer need not wait for a late webhook. */
import type { Order } from '../domain/order.ts';
import type { RecordPayment } from './money/record-payment.ts';
import type { Needs } from './needs.ts';

/**
 * @returns the order as it is now, paid or not
 * @throws TransientFault when the provider is away; AlmanacError `payment_mismatch`
 */
export type ConfirmPayment = (order: Order) => Promise<Order>;

export function createConfirmPayment(
  deps: Needs<'payment'> & { recordPayment: RecordPayment },
): ConfirmPayment {
  return async (order) => {
    if (order.state !== 'awaiting_payment' || order.checkoutSessionId === null) return order;
    const checkout = await deps.payment.readCheckout(order.checkoutSessionId);
    return checkout === null ? order : deps.recordPayment(order, checkout);
  };
}
