/** Acts on one stored event. An event only says that something changed: the truth is re-read. */
import { AlmanacError } from '../domain/errors.ts';
import type { PaymentEvent, PaymentProvider } from '../domain/ports/payment.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { RecordPayment } from './record-payment.ts';

const DECLINED = 'checkout.session.async_payment_failed';
const CHECKOUT_EVENTS = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  DECLINED,
  'checkout.session.expired',
];

export interface ProcessEventDeps {
  store: Store;
  payment: PaymentProvider;
  recordPayment: RecordPayment;
  log: Log;
  clock: () => Date;
}

/** Safe to repeat. @throws when provider or store are away: the event then stays unprocessed */
export type ProcessEvent = (event: PaymentEvent) => Promise<void>;

export function createProcessEvent(deps: ProcessEventDeps): ProcessEvent {
  const { store, payment, recordPayment, log, clock } = deps;

  async function applyCheckout(event: PaymentEvent): Promise<void> {
    const checkout = await payment.readCheckout(event.objectId);
    const order = checkout?.orderId ? await store.orders.find(checkout.orderId) : null;
    if (checkout === null || order === null) {
      // another service may share the Stripe account
      log.warn({ eventId: event.id, type: event.type }, 'event of a checkout that is not ours');
      return;
    }
    await recordPayment(order, checkout, event.type === DECLINED);
  }

  return async (event) => {
    if (CHECKOUT_EVENTS.includes(event.type)) {
      try {
        await applyCheckout(event);
      } catch (err) {
        if (!(err instanceof AlmanacError && err.code === 'payment_mismatch')) throw err;
        // asking again would change nothing
        log.error({ err, eventId: event.id }, 'payment does not fit its order');
      }
    }
    await store.stripeEvents.processed(event.id, clock());
  };
}
