/** A customer corrects the birth that an order is about, before any of its reports is begun. */
import { isDeepStrictEqual } from 'node:util';
import { auditEntry } from '../../domain/audit.ts';
import type { Subject } from '../../domain/birth.ts';
import { dueEmail } from '../../domain/email.ts';
import { InvalidInput } from '../../domain/errors.ts';
import { isOpenToChange } from '../../domain/grace.ts';
import type { Order, ReportYearAsked } from '../../domain/order.ts';
import type { Needs } from '../needs.ts';
import { type OrderRequest, subjectOf } from '../place-order.ts';
import { refuseUnprintable } from '../refuse-unprintable.ts';
import { tooLateToChange, unpaidToChange } from './too-late.ts';

/**
 * Place and report year follow from the new birth, as if the order had been placed with it; products and price stay.
 * A first claim of a report and a correction exclude each other: whoever comes second is refused. Safe to repeat.
 * @returns the order as it is now
 * @throws InvalidInput naming fields of the birth; AlmanacError `not_paid`, or `too_late_to_change` when a report was
 *   begun or the order has ended
 */
export type CorrectOrder = (order: Order, birth: OrderRequest['birth']) => Promise<Order>;

export function createCorrectOrder(
  deps: Needs<'store' | 'places' | 'resolveBirth' | 'unprintable' | 'signals' | 'clock'>,
): CorrectOrder {
  const { store, signals, clock } = deps;

  return async (order, birth) => {
    const subject = correctedSubject(order, birth);
    for (;;) {
      const current = (await store.orders.find(order.id)) ?? order;
      if (current.state === 'awaiting_payment') throw unpaidToChange();
      const reports = await store.reports.ofOrder(order.id);
      if (!isOpenToChange(current, reports)) throw tooLateToChange();
      const changed = changedParts(current.subject, subject);
      if (changed.length === 0) return current;
      // Only this write decides: it is refused once a claim has frozen the subject.
      const corrected = await store.orders.correct(current, subject);
      if (corrected === null) {
        if ((await store.orders.find(order.id))?.subjectFrozenAt) throw tooLateToChange();
        continue; // another correction came in between, or the order has ended: look again
      }
      for (const { id } of reports) await store.facts.remove(id);
      await record(corrected, changed);
      signals.wake(order.id);
      return corrected;
    }
  };

  function correctedSubject(order: Order, birth: OrderRequest['birth']): Subject {
    const { houseSystem, zodiac } = order.subject;
    const asked = reportYearAskedOf(order);
    if (asked.startDate !== undefined && birth.date > asked.startDate) {
      const message = `is after ${asked.startDate}, the first day of the year that this order is for; give an earlier date, or cancel and order again`;
      throw new InvalidInput([{ field: 'birth.date', message }]);
    }
    refuseUnprintable(birth, deps.unprintable);
    const wish = { birth, ...asked, houseSystem, zodiac };
    return subjectOf(wish, deps, new Date(order.createdAt));
  }

  /** Names of what changed, but no values: the audit outlives an erasure. One letter per order, however often it is corrected. */
  async function record({ id: orderId }: Order, changed: readonly string[]): Promise<void> {
    const now = clock();
    const detail = changed.join(', ');
    await store.audit.append(
      auditEntry({ actor: 'customer', action: 'correct', orderId, detail }, now),
    );
    const letter = { key: `corrected-${orderId}`, kind: 'corrected', orderId } as const;
    await store.emails.insert(dueEmail(letter, now));
  }
}

/** Of an order from before this was stored: its first day stays, and its zone if it is not the birth place's. */
function reportYearAskedOf({ reportYearAsked, subject }: Order): ReportYearAsked {
  if (reportYearAsked) return reportYearAsked;
  const { startDate, timeZone } = subject.reportYear;
  return timeZone === subject.birth.place.timeZone ? { startDate } : { startDate, timeZone };
}

function changedParts(before: Subject, after: Subject): string[] {
  const parts = {
    name: [before.birth.name, after.birth.name],
    date: [before.birth.date, after.birth.date],
    time: [before.birth.time, after.birth.time],
    place: [before.birth.place, after.birth.place],
    instant: [before.birth.utc, after.birth.utc],
    year: [before.reportYear, after.reportYear],
  };
  const changed = Object.entries(parts).filter(([, [old, now]]) => !isDeepStrictEqual(old, now));
  if (changed.length > 0) return changed.map(([part]) => part);
  return isDeepStrictEqual(plain(before), plain(after)) ? [] : ['other details'];
}

/** As the store keeps it: without fields that are undefined. */
function plain(subject: Subject): unknown {
  return JSON.parse(JSON.stringify(subject));
}
