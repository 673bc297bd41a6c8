/** Sends the refunds whose time has come. One process at a time, by a lease. */
import { dueEmail } from '../domain/delivery.ts';
import { AlmanacError } from '../domain/errors.ts';
import { newId } from '../domain/ids.ts';
import type { Order } from '../domain/order.ts';
import type { PaymentProvider, PaymentState } from '../domain/ports/payment.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Signals } from '../domain/ports/work.ts';
import type { Refund } from '../domain/refund.ts';
import type { Timings } from '../domain/timings.ts';
import type { Log } from '../telemetry/log.ts';
import { raiseAlert } from './raise-alert.ts';
import { refundedKeyOf } from './send-email.ts';

const LEASE = 'refunds';
const BATCH = 50;

export interface SendRefundsDeps {
  store: Store;
  payment: PaymentProvider;
  signals: Pick<Signals, 'wake'>;
  timings: Pick<Timings, 'refundUnknown' | 'sweepLease'>;
  log: Log;
  clock: () => Date;
}

/** Never throws: what fails is tried again at a later turn. @returns how many went out */
export type SendRefunds = () => Promise<number>;

export function createSendRefunds(deps: SendRefundsDeps): SendRefunds {
  const { store, payment, timings, log, clock } = deps;
  const holder = newId('api');

  async function turn(): Promise<number> {
    let sent = 0;
    const unknownBefore = () => new Date(clock().getTime() - timings.refundUnknown);
    for (const { id } of await store.refunds.pending(clock(), unknownBefore(), BATCH)) {
      if (!(await store.leases.take(LEASE, holder, clock(), timings.sweepLease))) break;
      const refund = await store.refunds.take(id, clock(), unknownBefore());
      if (refund === null) continue;
      try {
        if (await send(refund)) sent += 1;
      } catch (err) {
        // it stays `sending`: whether the money went is looked up before it is sent again
        log.warn({ err, refundId: id }, 'refund not sent: tried again later');
      }
    }
    await store.leases.release(LEASE, holder);
    return sent;
  }

  async function send(refund: Refund): Promise<boolean> {
    const order = await store.orders.find(refund.orderId);
    if (order?.paymentIntentId == null || !(await isStillOwed(refund))) return drop(refund);
    const state = await payment.readPayment(order.paymentIntentId);
    if (state === null) return refuse(refund, 'the payment is not known');
    const paid = state.refunds.find((one) => one.refundId === refund.id && !one.failed);
    if (paid) return done(order, refund, paid, state.refundedMinor);
    const amountMinor = Math.min(refund.amountMinor, state.amountMinor - state.refundedMinor);
    if (amountMinor <= 0) return drop(refund);
    try {
      const { paymentIntentId } = state;
      const id = await payment.payBack({ refundId: refund.id, paymentIntentId, amountMinor });
      return await done(order, refund, { id, amountMinor }, state.refundedMinor + amountMinor);
    } catch (error) {
      if (!(error instanceof AlmanacError) || error.code !== 'payment_rejected') throw error;
      return refuse(refund, error.message);
    }
  }

  /** A report that was retried meanwhile is written after all. */
  async function isStillOwed({ reportId, reason }: Refund): Promise<boolean> {
    if (reportId === null || reason === 'operator') return true;
    const report = await store.reports.find(reportId);
    return report?.state === 'failed' || report?.state === 'cancelled';
  }

  async function done(
    order: Order,
    refund: Refund,
    paid: Pick<PaymentState['refunds'][number], 'id' | 'amountMinor'>,
    refundedMinor: number,
  ): Promise<boolean> {
    await store.orders.change(order.id, { refundedMinor });
    const letter = { key: refundedKeyOf(refund.id), kind: 'refunded', orderId: order.id } as const;
    await store.emails.insert(dueEmail(letter, clock()));
    await store.refunds.move(refund.id, 'sending', 'done', {
      amountMinor: paid.amountMinor,
      providerId: paid.id,
      doneAt: clock().toISOString(),
    });
    deps.signals.wake(order.id);
    log.info({ refundId: refund.id, amountMinor: paid.amountMinor }, 'refund sent');
    return true;
  }

  /** Nothing is owed any more. */
  async function drop(refund: Refund): Promise<false> {
    await store.refunds.move(refund.id, 'sending', 'void');
    return false;
  }

  async function refuse(refund: Refund, why: string): Promise<false> {
    const { id, orderId } = refund;
    await raiseAlert(deps, {
      cause: `refused-${id}-${refund.tries}`,
      orderId,
      note: `a refund was refused\n${id}: ${why}\nThe money is still owed: send it by hand in the payment provider's dashboard.`,
    });
    return drop(refund);
  }

  return async () => {
    try {
      return await turn();
    } catch (err) {
      log.warn({ err }, 'refunds not sent: tried again later');
      return 0;
    }
  };
}
