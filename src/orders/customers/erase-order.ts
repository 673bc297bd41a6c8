/** Removes a person from an order. Amounts and dates are kept, for the books. */
import { auditEntry } from '../../domain/audit.ts';
import type { Subject } from '../../domain/birth.ts';
import type { Removed } from '../../domain/erasure.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import { endOpenReports } from '../money/end-open-reports.ts';
import { BY_CUSTOMER, ERASED } from '../money/owe-unmade-reports.ts';
import { refundDueMinor } from '../money/refund-due.ts';
import type { StopUnbegun } from '../money/stop-unbegun.ts';
import type { Needs } from '../needs.ts';
import type { SettleOrder } from '../settle-order.ts';

export interface Erased extends Removed {
  orderId: string;
  pdfs: number;
  /** what is on its way back for reports that were paid and not delivered, minor units */
  refundDueMinor: number;
  currency: string;
  /** nothing was removed yet: it is, by itself, once the bank has decided about the payment */
  waitsForDispute: boolean;
}

export interface EraseOrder {
  /**
   * Cancels what is open, then removes name, birth, e-mail address, sections, facts, raw answers,
   * links and PDFs. What was paid and not delivered goes back. Safe to repeat. While the payment is disputed, what
   * is stored is the evidence: then it is only noted, and done by `eraseAfterDispute`.
   * @param actor for the audit
   * @throws TransientFault when a provider is away: `purgeAgain` does the rest
   */
  erase(order: Order, actor: 'customer' | 'operator' | 'retention'): Promise<Erased>;
  /** Does what was noted, whether or not the order says that its dispute is open. */
  eraseAfterDispute(order: Order): Promise<Erased>;
  /** Removes what runs under way have written since. @returns how many orders were purged */
  purgeAgain(stop?: AbortSignal): Promise<number>;
}

const NOBODY: Subject = {
  birth: {
    name: '',
    date: '',
    time: null,
    place: { name: '', latitude: 0, longitude: 0, timeZone: 'UTC' },
    utc: '',
    offsetSeconds: 0,
  },
  reportYear: { startDate: '', timeZone: 'UTC' },
  houseSystem: 'placidus',
  zodiac: 'tropical',
};

export function createEraseOrder(
  deps: Needs<'store' | 'payment' | 'blob' | 'signals' | 'timings' | 'log' | 'clock'> & {
    stopUnbegun: StopUnbegun;
    settleOrder: SettleOrder;
  },
): EraseOrder {
  const { store, timings, log, clock } = deps;

  /** Comes first: from here on the store removes again what a run still writes. */
  async function mark(order: Order): Promise<void> {
    const now = clock();
    await store.orders.change(order.id, {
      erasedAt: now.toISOString(),
      purgeAt: new Date(now.getTime() + timings.moneyTurn).toISOString(),
      email: '',
      subject: NOBODY,
      reportYearAsked: {},
      checkoutUrl: null,
    });
  }

  /** A run under way notices at its next call or write, and stops. */
  async function cancelOpen(order: Order): Promise<void> {
    if (order.state === 'awaiting_payment') {
      if (order.checkoutSessionId) await deps.payment.closeCheckout(order.checkoutSessionId);
      await store.orders.move(order.id, 'cancelled');
      return;
    }
    await deps.stopUnbegun(order, BY_CUSTOMER);
    await endOpenReports(deps, order.id, ERASED);
    await deps.settleOrder(order.id);
  }

  async function purge(order: Order): Promise<Removed & { pdfs: number }> {
    const removed = await store.erasure.purge(order.id);
    let pdfs = 0;
    for (const { id } of await store.reports.ofOrder(order.id)) {
      pdfs += await deps.blob.removeFolder(`${id}/`);
    }
    return { ...removed, pdfs };
  }

  /** Again after an hour and after a day: no run under way lives longer. */
  async function lookAgain(order: Order, erasedAt: string): Promise<void> {
    const due = [timings.purgeAgain, timings.purgeLast].map((ms) => Date.parse(erasedAt) + ms);
    const next = due.find((at) => at > clock().getTime());
    const purgeAt = next === undefined ? null : new Date(next).toISOString();
    await store.orders.change(order.id, { purgeAt });
  }

  async function eraseNow(order: Order, actor: string): Promise<Erased> {
    if (!order.erasedAt) await mark(order);
    await cancelOpen(order);
    const removed = await purge(order);
    const current = (await store.orders.find(order.id)) ?? order;
    await lookAgain(current, current.erasedAt ?? clock().toISOString());
    const dueMinor = refundDueMinor(current, await store.refunds.ofOrder(order.id));
    const owed = dueMinor > 0 ? `, ${formatMoney(dueMinor, order.currency)} goes back` : '';
    const detail = `${removed.sections} sections, ${removed.pdfs} PDFs${owed}`;
    const entry = { actor, action: 'erase', orderId: order.id, detail };
    await store.audit.append(auditEntry(entry, clock()));
    deps.signals.wake(order.id);
    return { ...answerOf(order), ...removed, refundDueMinor: dueMinor };
  }

  async function waitForDispute(order: Order, actor: string): Promise<Erased> {
    if (!order.erasureAskedAt) {
      const at = clock();
      await store.orders.change(order.id, { erasureAskedAt: at.toISOString() });
      const detail = 'waits for the end of the dispute';
      const entry = { actor, action: 'erase', orderId: order.id, detail };
      await store.audit.append(auditEntry(entry, at));
      deps.signals.wake(order.id);
    }
    return { ...answerOf(order), waitsForDispute: true };
  }

  return {
    async erase(order, actor) {
      if (order.erasedAt || !order.disputedAt) return eraseNow(order, actor);
      return waitForDispute(order, actor);
    },

    eraseAfterDispute: (order) => eraseNow(order, 'customer'),

    async purgeAgain(stop) {
      let purged = 0;
      for await (const order of store.orders.toPurge(clock())) {
        if (stop?.aborted) break;
        try {
          await cancelOpen(order);
          await purge(order);
          await lookAgain(order, order.erasedAt ?? clock().toISOString());
          purged += 1;
        } catch (err) {
          log.warn({ err, orderId: order.id }, 'not purged again yet: tried again later');
        }
      }
      return purged;
    },
  };
}

function answerOf({ id: orderId, currency }: Order): Erased {
  const nothing = { sections: 0, modelAnswers: 0, facts: 0, links: 0, pdfs: 0, refundDueMinor: 0 };
  return { orderId, ...nothing, currency, waitsForDispute: false };
}
