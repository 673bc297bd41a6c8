/** Asks the provider whether an order is paid: the customer's own way, should the webhook be late. */
import type { Order } from '../domain/order.ts';
import type { PaymentProvider } from '../domain/ports/payment.ts';
import type { RecordPayment } from './money/record-payment.ts';

export interface ConfirmPaymentDeps {
  payment: PaymentProvider;
  recordPayment: RecordPayment;
}

/**
 * @returns the order as it stands now, paid or not
 * @throws TransientFault when the provider is away; AlmanacError `payment_mismatch`
 */
export type ConfirmPayment = (order: Order) => Promise<Order>;

export function createConfirmPayment(deps: ConfirmPaymentDeps): ConfirmPayment {
  return async (order) => {
    if (order.state !== 'awaiting_payment' || order.checkoutSessionId === null) return order;
    const checkout = await deps.payment.readCheckout(order.checkoutSessionId);
    return checkout === null ? order : deps.recordPayment(order, checkout);
  };
}
