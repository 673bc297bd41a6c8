/** Acts on one stored event. An event only says that something changed: the truth is re-read. */
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import type { CheckoutState, PaymentEvent } from '../../domain/ports/payment.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';
import type { SettleOrder } from '../settle-order.ts';
import { endOpenReports } from './end-open-reports.ts';
import {
  CHECKOUT_EVENTS,
  DECLINED,
  FRAUD_WARNING,
  PAYMENT_EVENTS,
  TOLD_EVENTS,
} from './event-types.ts';
import type { RecordDisputes } from './record-disputes.ts';
import type { RecordPayment } from './record-payment.ts';
import type { RecordRefunds } from './record-refunds.ts';

/** Safe to repeat. @throws when provider or store is away: the event then stays unprocessed */
export type ProcessEvent = (event: PaymentEvent) => Promise<void>;

export function createProcessEvent(
  deps: Needs<'store' | 'payment' | 'log' | 'clock'> & {
    recordPayment: RecordPayment;
    recordRefunds: RecordRefunds;
    recordDisputes: RecordDisputes;
    settleOrder: SettleOrder;
  },
): ProcessEvent {
  const { store, payment, log, clock } = deps;

  async function applyCheckout(event: PaymentEvent): Promise<void> {
    const checkout = await payment.readCheckout(event.objectId);
    const order = await orderOf(checkout?.orderId ?? null);
    if (checkout === null || order === null) return notOurs(event);
    await record(order, checkout, event.type === DECLINED);
  }

  async function record(order: Order, checkout: CheckoutState, declined: boolean): Promise<void> {
    try {
      await deps.recordPayment(order, checkout, declined);
    } catch (error) {
      // an operator has been alerted; asking again would change nothing
      if (!(error instanceof AlmanacError) || error.code !== 'payment_mismatch') throw error;
    }
  }

  async function applyPayment(event: PaymentEvent): Promise<void> {
    const state = await payment.readPayment(event.objectId);
    const named = await orderOf(state?.orderId ?? null);
    if (state === null || named === null) return notOurs(event);
    const unrecorded = named.paymentIntentId === null;
    const order = unrecorded ? await recordFirst(named) : named;
    if (order.paymentIntentId !== state.paymentIntentId) return tellOfOther(event, order);
    const current = await deps.recordRefunds(order, state);
    if (unrecorded && state.amountMinor > 0 && state.refundedMinor >= state.amountMinor) {
      // all of it went back before we knew of it: nothing is written
      const ended = await endOpenReports(deps, order.id, 'refunded');
      if (ended.length > 0) await deps.settleOrder(order.id);
    }
    await deps.recordDisputes(current, state);
    if (event.type === FRAUD_WARNING) await tellOfWarning(event, current);
  }

  /** What happened to a payment can reach us before the payment itself. */
  async function recordFirst(order: Order): Promise<Order> {
    const { checkoutSessionId } = order;
    const checkout = checkoutSessionId && (await payment.readCheckout(checkoutSessionId));
    if (checkout) await record(order, checkout, false);
    return (await store.orders.find(order.id)) ?? order;
  }

  /** Nothing is done for it, but money of ours is at stake. */
  async function tellOfOther(event: PaymentEvent, order: Order): Promise<void> {
    notOurs(event);
    if (!TOLD_EVENTS.includes(event.type)) return;
    await raiseAlert(deps, {
      cause: `other-payment-${event.objectId}`,
      orderId: order.id,
      note: `a payment that names an order, but is not its payment, is disputed or in doubt\n${event.objectId} (${event.type}) names ${order.id}, whose payment is ${order.paymentIntentId ?? 'not known'}.\nLook at it in the payment provider's dashboard.`,
    });
  }

  async function tellOfWarning({ objectId }: PaymentEvent, order: Order): Promise<void> {
    await raiseAlert(deps, {
      cause: `fraud-warning-${objectId}`,
      orderId: order.id,
      note: `the card's bank warns of fraud\n${objectId}: the payment of ${order.id} may become a dispute. ${order.id} is ${order.state}, and continues.\nA full refund now avoids the dispute and its fee, and ends the order: almanac order refund ${order.id} --why "..."`,
    });
  }

  async function orderOf(id: string | null): Promise<Order | null> {
    return id === null ? null : store.orders.find(id);
  }

  function notOurs({ id, type }: PaymentEvent): void {
    // another service may share the Stripe account
    log.warn({ eventId: id, type }, 'event about something that is not ours');
  }

  return async (event) => {
    if (event.objectId === '') notOurs(event);
    else if (CHECKOUT_EVENTS.includes(event.type)) await applyCheckout(event);
    else if (PAYMENT_EVENTS.includes(event.type)) await applyPayment(event);
    await store.stripeEvents.processed(event.id, clock());
  };
}
