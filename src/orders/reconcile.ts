/** Compares the store with the payment provider, and makes good what never reached us. */
import { newId } from '../domain/ids.ts';
import type { Order } from '../domain/order.ts';
import type { PaymentProvider } from '../domain/ports/payment.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Timings } from '../domain/timings.ts';
import type { OrderState } from '../domain/transitions.ts';
import type { Log } from '../telemetry/log.ts';
import type { ConfirmPayment } from './confirm-payment.ts';
import { CHECKOUT_EVENTS, PAYMENT_EVENTS } from './event-types.ts';
import type { ProcessEvent } from './process-event.ts';
import type { RecordRefunds } from './record-refunds.ts';

const LEASE = 'reconcile';
const PAGE = 100;
/** Stripe keeps on trying for three days. */
const LOOK_BACK_MS = 4 * 24 * 60 * 60 * 1_000;

export interface ReconcileDeps {
  store: Store;
  payment: PaymentProvider;
  confirmPayment: ConfirmPayment;
  recordRefunds: RecordRefunds;
  processEvent: ProcessEvent;
  timings: Pick<Timings, 'sweepLease'>;
  log: Log;
  clock: () => Date;
}

export interface Reconciled {
  /** false: another process was at it, and nothing was done here */
  ran: boolean;
  /** events that had not been delivered, now acted on */
  events: number;
  /** orders compared with the provider */
  compared: number;
  changed: {
    orderId: string;
    from: OrderState;
    to: OrderState;
    /** minor units that were found to have gone back */
    refundedMinor: number;
  }[];
  /** could not be compared: tried again next time */
  failed: number;
}

/**
 * One process at a time, by a lease.
 * @param stop ends it early
 * @throws when store or provider are away altogether
 */
export type Reconcile = (stop?: AbortSignal) => Promise<Reconciled>;

export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { store, payment, timings, log, clock } = deps;

  return async (stop) => {
    const holder = newId('api');
    const held = () => store.leases.take(LEASE, holder, clock(), timings.sweepLease);
    const result: Reconciled = {
      ran: await held(),
      events: 0,
      compared: 0,
      changed: [],
      failed: 0,
    };
    if (!result.ran) return result;

    async function guarded(ids: object, work: () => Promise<void>): Promise<void> {
      await held(); // renewed for each, so that a slow provider never leaves two processes at it
      try {
        await work();
      } catch (err) {
        result.failed += 1;
        log.warn({ err, ...ids }, 'not reconciled: tried again later');
      }
    }

    async function compare(order: Order): Promise<void> {
      result.compared += 1;
      let current = await deps.confirmPayment(order);
      if (current.paymentIntentId !== null) {
        const state = await payment.readPayment(current.paymentIntentId);
        if (state !== null) current = await deps.recordRefunds(current, state);
      }
      const refundedMinor = current.refundedMinor - order.refundedMinor;
      if (current.state === order.state && refundedMinor === 0) return;
      const { id: orderId } = order;
      result.changed.push({ orderId, from: order.state, to: current.state, refundedMinor });
    }

    for (const state of ['awaiting_payment', 'paid'] as const) {
      let after: string | undefined;
      for (;;) {
        const page = await store.orders.inState(state, PAGE, after);
        for (const order of page) {
          if (!stop?.aborted) await guarded({ orderId: order.id }, () => compare(order));
        }
        after = page.at(-1)?.id;
        if (page.length < PAGE || stop?.aborted) break;
      }
    }
    const since = new Date(clock().getTime() - LOOK_BACK_MS);
    const types = [...CHECKOUT_EVENTS, ...PAYMENT_EVENTS];
    for await (const event of payment.undelivered(since, types)) {
      if (stop?.aborted) break;
      await guarded({ eventId: event.id }, async () => {
        const row = { ...event, receivedAt: clock().toISOString(), processedAt: null };
        if (!(await store.stripeEvents.insert(row))) return;
        await deps.processEvent(event);
        result.events += 1;
      });
    }
    await store.leases.release(LEASE, holder);
    log.info({ ...result, changed: result.changed.length }, 'reconciled');
    return result;
  };
}
