/** Moves an order to the state that the provider reports. Safe to repeat, in any order. */
import { AlmanacError } from '../../domain/errors.ts';
import { graceUntil } from '../../domain/grace.ts';
import type { Order, OrderChange } from '../../domain/order.ts';
import type { CheckoutState } from '../../domain/ports/payment.ts';
import { newRefund } from '../../domain/refund.ts';
import { CLOSED_UNPAID, type OrderState } from '../../domain/transitions.ts';
import type { CommitPaidOrder } from '../commit-paid-order.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';

/**
 * @param checkout as just read from the provider
 * @param declined the provider said that a delayed payment failed for good
 * @returns the order as it is now
 * @throws AlmanacError `payment_mismatch` when what was paid is not what was asked for; an operator
 *   has been alerted
 */
export type RecordPayment = (
  order: Order,
  checkout: CheckoutState,
  declined?: boolean,
) => Promise<Order>;

export function createRecordPayment(
  deps: Needs<'store' | 'catalogue' | 'signals' | 'timings' | 'log' | 'clock'> & {
    commitPaidOrder: CommitPaidOrder;
  },
): RecordPayment {
  const { store, signals, commitPaidOrder, log, clock } = deps;

  async function move(order: Order, to: OrderState, change: OrderChange): Promise<Order> {
    const moved = await store.orders.move(order.id, to, change);
    if (moved !== null) signals.wake(order.id);
    return moved ?? (await store.orders.find(order.id)) ?? order;
  }

  /** Nothing will be delivered for this money. */
  async function payBackClosed(order: Order, checkout: CheckoutState): Promise<Order> {
    const { paymentIntentId } = checkout;
    log.warn({ orderId: order.id, state: order.state }, 'paid although no longer open');
    const known = await store.orders.change(order.id, { paymentIntentId });
    const now = clock();
    const owed = { order, report: null, reason: 'closed', dueAt: now } as const;
    const refund = await store.refunds.ensure(newRefund(owed, now));
    await raiseAlert(deps, {
      cause: `closed-${order.id}`,
      orderId: order.id,
      note: `a payment arrived for a closed order\n${order.id} was already ${order.state} when ${checkout.amountMinor} ${checkout.currency} (minor units) arrived. The refund ${refund.id} is sent automatically.\nYou do not need to do anything, unless another alert says that the refund was refused.`,
    });
    return known ?? order;
  }

  /** Safe to repeat: one alert per session. */
  async function refuseMismatch(order: Order, checkout: CheckoutState): Promise<void> {
    const same =
      checkout.orderId === order.id &&
      checkout.sessionId === order.checkoutSessionId &&
      checkout.amountMinor === order.amountMinor &&
      checkout.currency === order.currency;
    if (same) return;
    const message = `The payment for ${order.id} does not match the order: ${checkout.sessionId} paid ${checkout.amountMinor} ${checkout.currency}, but ${order.checkoutSessionId} asked for ${order.amountMinor} ${order.currency} (minor units).`;
    await raiseAlert(deps, {
      cause: `mismatch-${checkout.sessionId}`,
      orderId: order.id,
      note: `a payment does not match its order\n${message}\nNo report is made for it, and it is not refunded automatically. Look at it in the payment provider's dashboard and refund it there.`,
    });
    throw new AlmanacError(
      'payment_mismatch',
      `${message} We have been alerted and will look into it. You do not need to do anything.`,
    );
  }

  return async (order, checkout, declined = false) => {
    if (!checkout.paid) {
      if (checkout.status === 'expired') return move(order, 'expired', {});
      // an open checkout can still be paid, whatever became of an earlier try
      const lost = declined && checkout.status === 'complete';
      return lost ? move(order, 'payment_failed', {}) : order;
    }
    await refuseMismatch(order, checkout);
    const paidAt = clock();
    const current = await move(order, 'paid', {
      paidAt: paidAt.toISOString(),
      graceUntil: graceUntil(order, deps.catalogue, deps.timings, paidAt),
      paymentIntentId: checkout.paymentIntentId,
    });
    if (current.state === 'paid') await commitPaidOrder(current);
    if (CLOSED_UNPAID.includes(current.state) && current.paidAt === null) {
      return payBackClosed(current, checkout);
    }
    return current;
  };
}
