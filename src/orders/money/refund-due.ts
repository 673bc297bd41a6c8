/** What is still on its way back to a customer. */
import type { Order } from '../../domain/order.ts';
import type { Refund } from '../../domain/refund.ts';

/** Minor units; never more than what is left of the payment. */
export function refundDueMinor(
  order: Pick<Order, 'amountMinor' | 'refundedMinor'>,
  refunds: readonly Refund[],
): number {
  const due = refunds
    .filter(({ state }) => state === 'due' || state === 'sending')
    .reduce((sum, { amountMinor, setOffMinor = 0 }) => sum + amountMinor - setOffMinor, 0);
  return Math.max(0, Math.min(due, order.amountMinor - order.refundedMinor));
}
