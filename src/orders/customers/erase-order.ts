/** Removes a person from an order. Amounts and dates are kept, for the books. */
import { auditEntry } from '../../domain/audit.ts';
import type { Subject } from '../../domain/birth.ts';
import type { Removed } from '../../domain/erasure.ts';
import type { Order } from '../../domain/order.ts';
import { isSettled } from '../../domain/transitions.ts';
import { BY_CUSTOMER } from '../money/owe-unmade-reports.ts';
import type { StopUnbegun } from '../money/stop-unbegun.ts';
import type { Needs } from '../needs.ts';
import type { SettleOrder } from '../settle-order.ts';

export interface Erased extends Removed {
  orderId: string;
  pdfs: number;
}

export interface EraseOrder {
  /**
   * Cancels what is open, then removes name, birth, e-mail address, sections, facts, raw answers,
   * links and PDFs. Safe to repeat.
   * @param actor for the audit
   * @throws TransientFault when a provider is away: `purgeAgain` does the rest
   */
  erase(order: Order, actor: 'customer' | 'operator' | 'retention'): Promise<Erased>;
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
    for (const { id } of await store.reports.ofOrder(order.id)) {
      for (;;) {
        const report = await store.reports.find(id);
        if (!report || isSettled(report.state)) break;
        const now = clock();
        const change = { reason: 'erased', settledAt: now.toISOString() };
        // refused if a run claims it at this moment: then again, with the new fence
        if (await store.reports.move(id, report.fence, 'cancelled', now, change)) break;
      }
    }
    await deps.settleOrder(order.id);
  }

  async function purge(order: Order): Promise<Erased> {
    const removed = await store.erasure.purge(order.id);
    let pdfs = 0;
    for (const { id } of await store.reports.ofOrder(order.id)) {
      pdfs += await deps.blob.removeFolder(`${id}/`);
    }
    return { orderId: order.id, ...removed, pdfs };
  }

  /** Again after an hour and after a day: no run under way lives longer. */
  async function lookAgain(order: Order, erasedAt: string): Promise<void> {
    const due = [timings.purgeAgain, timings.purgeLast].map((ms) => Date.parse(erasedAt) + ms);
    const next = due.find((at) => at > clock().getTime());
    const purgeAt = next === undefined ? null : new Date(next).toISOString();
    await store.orders.change(order.id, { purgeAt });
  }

  return {
    async erase(order, actor) {
      if (!order.erasedAt) await mark(order);
      await cancelOpen(order);
      const erased = await purge(order);
      const stands = (await store.orders.find(order.id)) ?? order;
      await lookAgain(stands, stands.erasedAt ?? clock().toISOString());
      const detail = `${erased.sections} sections, ${erased.pdfs} PDFs`;
      const entry = { actor, action: 'erase', orderId: order.id, detail };
      await store.audit.append(auditEntry(entry, clock()));
      deps.signals.wake(order.id);
      return erased;
    },

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
