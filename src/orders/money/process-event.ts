/** Acts on one stored event. An event only says that something changed: the truth is re-read. */
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import type { PaymentEvent } from '../../domain/ports/payment.ts';
import type { Needs } from '../needs.ts';
import { CHECKOUT_EVENTS, DECLINED, PAYMENT_EVENTS } from './event-types.ts';
import type { RecordDispute } from './record-dispute.ts';
import type { RecordPayment } from './record-payment.ts';
import type { RecordRefunds } from './record-refunds.ts';

/** Safe to repeat. @throws when provider or store is away: the event then stays unprocessed */
export type ProcessEvent = (event: PaymentEvent) => Promise<void>;

export function createProcessEvent(
  deps: Needs<'store' | 'payment' | 'log' | 'clock'> & {
    recordPayment: RecordPayment;
    recordRefunds: RecordRefunds;
    recordDispute: RecordDispute;
  },
): ProcessEvent {
  const { store, payment, log, clock } = deps;

  async function applyCheckout(event: PaymentEvent): Promise<void> {
    const checkout = await payment.readCheckout(event.objectId);
    const order = await orderOf(checkout?.orderId ?? null);
    if (checkout === null || order === null) return notOurs(event);
    try {
      await deps.recordPayment(order, checkout, event.type === DECLINED);
    } catch (error) {
      // an operator has been alerted; asking again would change nothing
      if (!(error instanceof AlmanacError) || error.code !== 'payment_mismatch') throw error;
    }
  }

  async function applyPayment(event: PaymentEvent): Promise<void> {
    const state = await payment.readPayment(event.objectId);
    const order = await orderOf(state?.orderId ?? null);
    if (state === null || order?.paymentIntentId !== state.paymentIntentId) return notOurs(event);
    const current = await deps.recordRefunds(order, state);
    if (state.dispute !== null) await deps.recordDispute(current, state.dispute);
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
