/** Compares the store with the payment provider, and catches up on what never reached us. */
import { AlmanacError, NeedsOperator, TransientFault } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Order } from '../../domain/order.ts';
import { TRIES } from '../../domain/patience.ts';
import type { PaymentEvent } from '../../domain/ports/payment.ts';
import type { OrderState } from '../../domain/transitions.ts';
import type { ConfirmPayment } from '../confirm-payment.ts';
import type { Needs } from '../needs.ts';
import { CHECKOUT_EVENTS, PAYMENT_EVENTS } from './event-types.ts';
import type { ProcessEvent } from './process-event.ts';
import type { RecordDisputes } from './record-disputes.ts';
import type { RecordRefunds } from './record-refunds.ts';

const LEASE = 'reconcile';
/** Stripe retries for three days. */
const LOOK_BACK_MS = 4 * 24 * 60 * 60 * 1_000;

export interface Reconciled {
  /** false: another process was already at it, and nothing was done here */
  ran: boolean;
  /** events that had not been delivered, now acted on */
  events: PaymentEvent[];
  /** orders compared with the provider */
  compared: number;
  changed: {
    orderId: string;
    from: OrderState;
    to: OrderState;
    /** refunds found, minor units */
    refundedMinor: number;
  }[];
  /** could not be compared: tried again next time */
  failed: { id: string; reason: string }[];
  /** the provider is away: the rest was not tried */
  cutShort: boolean;
}

/**
 * One process at a time, by a lease.
 * @param stop ends it early
 * @throws when the store is away
 */
export type Reconcile = (stop?: AbortSignal) => Promise<Reconciled>;

export function createReconcile(
  deps: Needs<'store' | 'payment' | 'timings' | 'log' | 'clock'> & {
    confirmPayment: ConfirmPayment;
    recordRefunds: RecordRefunds;
    recordDisputes: RecordDisputes;
    processEvent: ProcessEvent;
  },
): Reconcile {
  const { store, payment, timings, log, clock } = deps;

  return async (stop) => {
    const holder = newId('api');
    const held = () => store.leases.take(LEASE, holder, clock(), timings.lease);
    const result: Reconciled = {
      ran: await held(),
      events: [],
      compared: 0,
      changed: [],
      failed: [],
      cutShort: false,
    };
    if (!result.ran) return result;
    let inARow = 0;
    const stopped = () => stop?.aborted || result.cutShort;

    async function guarded(id: string, work: () => Promise<void>): Promise<void> {
      if (stopped()) return;
      await held(); // renewed for each, so that a slow provider never leaves two processes at it
      try {
        await work();
        inARow = 0;
      } catch (err) {
        result.failed.push({ id, reason: err instanceof AlmanacError ? err.message : `${err}` });
        inARow = err instanceof TransientFault || err instanceof NeedsOperator ? inARow + 1 : 0;
        result.cutShort = inARow >= TRIES.reconcile;
        log.warn({ err, id }, 'not reconciled: tried again later');
      }
    }

    async function compare(order: Order): Promise<void> {
      let current = await deps.confirmPayment(order);
      if (current.paymentIntentId !== null) {
        const state = await payment.readPayment(current.paymentIntentId);
        if (state !== null) {
          current = await deps.recordRefunds(current, state);
          current = await deps.recordDisputes(current, state);
        }
      }
      result.compared += 1;
      const refundedMinor = current.refundedMinor - order.refundedMinor;
      if (current.state === order.state && refundedMinor === 0) return;
      const { id: orderId } = order;
      result.changed.push({ orderId, from: order.state, to: current.state, refundedMinor });
    }

    async function compareAll(orders: AsyncIterable<Order>): Promise<void> {
      for await (const order of orders) {
        if (stopped()) return;
        await guarded(order.id, () => compare(order));
      }
    }

    async function takeUndelivered(): Promise<void> {
      const since = new Date(clock().getTime() - LOOK_BACK_MS);
      for await (const event of payment.undelivered(since, [
        ...CHECKOUT_EVENTS,
        ...PAYMENT_EVENTS,
      ])) {
        if (stopped()) return;
        await guarded(event.id, async () => {
          const row = { ...event, receivedAt: clock().toISOString(), processedAt: null };
          if (!(await store.stripeEvents.insert(row))) return;
          await deps.processEvent(event);
          result.events.push(event);
        });
      }
    }

    try {
      await compareAll(store.orders.inState('awaiting_payment'));
      await compareAll(store.orders.inState('paid'));
      // a bank decides after weeks, when most orders have long ended
      await compareAll(store.orders.inDispute());
      await guarded('undelivered events', takeUndelivered);
    } finally {
      await store.leases.release(LEASE, holder);
    }
    const { compared, changed, events, failed, cutShort } = result;
    const counts = { changed: changed.length, events: events.length, failed: failed.length };
    log.info({ compared, cutShort, ...counts }, 'reconciled');
    return result;
  };
}
