/** Sends the refunds that are due. */

import { isOpenChargeback } from '../../domain/dispute.ts';
import { dueEmail } from '../../domain/email.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import type { PaidBack, PaymentState, RefundShare } from '../../domain/ports/payment.ts';
import type { Refund } from '../../domain/refund.ts';
import { splitPrice } from '../../domain/split-price.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import { refundedKeyOf } from '../letters/send-email.ts';
import type { Needs } from '../needs.ts';
import { setOff } from './set-off.ts';

const BATCH = 50;

/** One process at a time. A refund that fails is tried again at a later turn. @returns how many went out */
export type SendRefunds = (stop?: AbortSignal) => Promise<number>;

export function createSendRefunds(
  deps: Needs<'store' | 'payment' | 'signals' | 'timings' | 'log' | 'clock'>,
): SendRefunds {
  const { store, payment: payments, timings, log, clock } = deps;

  async function sendDue(stop?: AbortSignal): Promise<number> {
    let sent = 0;
    for (const { id, orderId } of await store.refunds.pending(clock(), unknownBefore(), BATCH)) {
      if (stop?.aborted) break;
      try {
        const together = await takeWith(id, orderId);
        if (together.length > 0) sent += await send(orderId, together);
      } catch (err) {
        // they stay `sending`: the provider is asked whether it sent the money before it is sent again
        log.warn({ err, refundId: id }, 'refund not sent: tried again later');
      }
    }
    return sent;
  }

  const unknownBefore = () => new Date(clock().getTime() - timings.refundUnknown);

  /** The row, and those of its order that are due for the same reason: one refund, one letter. */
  async function takeWith(id: string, orderId: string): Promise<Refund[]> {
    const first = await store.refunds.take(id, clock(), unknownBefore());
    if (first === null) return [];
    const together = [first];
    for (const other of await store.refunds.ofOrder(orderId)) {
      if (other.reason !== first.reason) continue;
      const taken = await store.refunds.take(other.id, clock(), unknownBefore());
      if (taken !== null) together.push(taken);
    }
    return together;
  }

  /** @returns how many refunds were sent, now or before */
  async function send(orderId: string, taken: readonly Refund[]): Promise<number> {
    const order = await store.orders.find(orderId);
    if (order?.paymentIntentId == null) return drop(taken);
    const { paymentIntentId } = order;
    const payment = await payments.readPayment(paymentIntentId);
    if (payment === null) return refuse(taken, 'the payment provider does not know the payment');
    const gone = payment.refunds.filter(
      ({ failed, shares }) => !failed && shares.some((share) => isOf(share, taken)),
    );
    for (const paid of gone) await done(order, paid, payment.refundedMinor);
    const left = taken.filter(
      ({ id }) => !gone.some(({ shares }) => shares.some(({ refundId }) => refundId === id)),
    );
    const owed = await stillOwed(left);
    if (payment.disputes.some(isOpenChargeback)) return gone.length + (await postpone(owed));
    return gone.length + (await payBack(order, payment, await setOff(deps, payment, owed)));
  }

  /** If the payment has less left than is owed, the shares shrink in proportion. */
  async function payBack(
    order: Order,
    { paymentIntentId, amountMinor, refundedMinor }: PaymentState,
    owed: readonly Refund[],
  ): Promise<number> {
    const left = owed.filter((refund) => leftOf(refund) > 0);
    await drop(owed.filter((refund) => leftOf(refund) <= 0));
    const total = left.reduce((sum, refund) => sum + leftOf(refund), 0);
    const back = Math.min(total, amountMinor - refundedMinor);
    if (back <= 0) return drop(left);
    const parts = splitPrice(back, left.map(leftOf));
    const shares = left.map(({ id }, index) => ({ refundId: id, amountMinor: parts[index] ?? 0 }));
    // every take of a row raises its own: no two tries of these shares have the same
    const tries = left.reduce((sum, refund) => sum + refund.tries, 0);
    try {
      const id = await payments.payBack(paymentIntentId, shares, tries);
      await done(order, { id, shares }, refundedMinor + back);
      return 1;
    } catch (error) {
      const code = error instanceof AlmanacError ? error.code : '';
      if (code === 'payment_disputed') return postpone(left);
      if (code === 'stripe_balance') await tellOfBalance(left);
      if (!(error instanceof AlmanacError) || code !== 'payment_rejected') throw error;
      return refuse(left, error.message);
    }
  }

  /** No money goes out while the bank may take it, too; and what waits must not keep other rows from their turn. */
  async function postpone(refunds: readonly Refund[]): Promise<0> {
    const dueAt = new Date(clock().getTime() + timings.refundUnknown).toISOString();
    for (const { id } of refunds) await store.refunds.move(id, 'sending', 'due', { dueAt });
    return 0;
  }

  /** It is tried again and again: once it is paid in, the refund goes out. */
  async function tellOfBalance(refunds: readonly Refund[]): Promise<void> {
    const day = clock().toISOString().slice(0, 10);
    for (const { orderId } of refunds.slice(0, 1)) {
      await raiseAlert(deps, {
        cause: `balance-${day}`,
        orderId,
        note: `refunds wait for money\nOur balance at the payment provider does not cover the refund of ${orderId}, and maybe others. Add funds there: they are tried again every ${timings.refundUnknown / 60_000} minutes.`,
      });
    }
  }

  /** A report that was retried meanwhile is written after all, so its share is not owed. */
  async function stillOwed(refunds: readonly Refund[]): Promise<Refund[]> {
    const owed: Refund[] = [];
    for (const refund of refunds) {
      const { reportId, reason } = refund;
      const report = reportId === null ? null : await store.reports.find(reportId);
      const unmade = report === null || report.state === 'failed' || report.state === 'cancelled';
      if (unmade || reason === 'operator') owed.push(refund);
      else await drop([refund]);
    }
    return owed;
  }

  async function done(
    order: Order,
    { id: providerId, shares }: Pick<PaidBack, 'id' | 'shares'>,
    refundedMinor: number,
  ): Promise<void> {
    await store.orders.change(order.id, { refundedMinor });
    for (const { refundId, amountMinor } of shares) {
      await store.refunds.move(refundId, 'sending', 'sending', { amountMinor, providerId });
    }
    // after the refund, before the rows are done: what is cut short here is looked up again
    if (!(await saysItself(order, shares))) {
      const key = refundedKeyOf(providerId);
      await store.emails.insert(dueEmail({ key, kind: 'refunded', orderId: order.id }, clock()));
    }
    const doneAt = clock().toISOString();
    for (const { refundId } of shares) {
      await store.refunds.move(refundId, 'sending', 'done', { doneAt });
    }
    deps.signals.wake(order.id);
    log.info({ orderId: order.id, providerId, shares }, 'refund sent');
  }

  /**
   * A customer who cancels before anything was begun has read on the order page what goes back, and the first letter
   * says it. A second one would only let somebody write to a stranger as often as they pay and cancel.
   */
  async function saysItself({ id }: Order, shares: readonly RefundShare[]): Promise<boolean> {
    const order = await store.orders.find(id);
    const rows = (await store.refunds.ofOrder(id)).filter((row) =>
      shares.some(({ refundId }) => refundId === row.id),
    );
    return order?.state === 'cancelled' && rows.every(({ reason }) => reason === 'cancelled');
  }

  /** Nothing is owed, or a person must send it. */
  async function drop(refunds: readonly Refund[]): Promise<0> {
    for (const { id } of refunds) await store.refunds.move(id, 'sending', 'void');
    return 0;
  }

  async function refuse(refunds: readonly Refund[], why: string): Promise<0> {
    for (const { id, orderId, tries, amountMinor } of refunds) {
      await raiseAlert(deps, {
        cause: `refused-${id}-${tries}`,
        orderId,
        note: `a refund was refused\n${id}, ${amountMinor} minor units: ${why}\nThe money is still owed. Send it by hand in the payment provider's dashboard.`,
      });
    }
    return drop(refunds);
  }

  return sendDue;
}

function isOf({ refundId }: RefundShare, refunds: readonly Refund[]): boolean {
  return refunds.some(({ id }) => id === refundId);
}

/** What the bank has not taken back already. */
function leftOf({ amountMinor, setOffMinor = 0 }: Refund): number {
  return amountMinor - setOffMinor;
}
