/** What is due and does not get out: refunds, purges, Stripe's events, customers' letters. */
import { LETTER_KINDS } from '../../domain/email.ts';
import { type Finding, utc } from '../letters/keep-alarms.ts';
import type { Needs } from '../needs.ts';
import { atMost, type Standing, several } from './several.ts';

type Deps = Needs<'store' | 'timings' | 'clock'>;
const LETTERS = 1_000;

export async function findRefunds({ store, timings, clock }: Deps): Promise<Finding[]> {
  const { how, before } = patienceOf(timings.moneyStill, timings.stillSeen, clock());
  const rows = await atMost(store.refunds.overdue(before));
  return several(
    { cause: 'refunds', ...how },
    standing(rows, ({ id, dueAt }) => [id, dueAt]),
    'refunds do not get out',
    (since) =>
      `Due and not sent: ${rows.length}, the first since ${utc(since.toISOString())}. They are tried again every ${timings.moneyTurn / 1_000} seconds; the API's log says what came of it ("refund not sent").\nLook at the account's balance and at the payments in Stripe.`,
  );
}

export async function findPurges({ store, timings, clock }: Deps): Promise<Finding[]> {
  const { how, before } = patienceOf(timings.moneyStill, timings.stillSeen, clock());
  const orders = await atMost(store.orders.toPurge(before));
  return several(
    { cause: 'purges', ...how },
    standing(orders, ({ id, purgeAt }) => [id, purgeAt]),
    'erased orders are not purged',
    (since) =>
      `Personal data that must go may still be there: ${orders.length} orders, the first since ${utc(since.toISOString())}. They are tried again every ${timings.moneyTurn / 1_000} seconds; the API's log says what came of it ("not purged again yet").\nLook whether Stripe and the blob store answer.`,
  );
}

export async function findEvents({ store, timings, clock }: Deps): Promise<Finding[]> {
  const { how, before } = patienceOf(timings.letterStill, timings.stillSeen, clock());
  const events = await atMost(store.stripeEvents.unprocessed(before));
  return several(
    { cause: 'events', ...how },
    standing(events, ({ id, receivedAt }) => [id, receivedAt]),
    "Stripe's events are not processed",
    (since) =>
      `Payments, refunds or disputes may be unknown here: ${events.length} events, the first since ${utc(since.toISOString())}. They are tried again every ${timings.eventRetry / 1_000} seconds; the API's log says what came of it ("event not processed").`,
  );
}

export async function findLetters({ store, timings, clock }: Deps): Promise<Finding[]> {
  const { how, before } = patienceOf(timings.letterStill, timings.stillSeen, clock());
  const rows = await store.emails.created({ before }, ['due', 'sending'], LETTER_KINDS, LETTERS);
  return several(
    { cause: 'letters', ...how },
    standing(rows, ({ key, createdAt }) => [key, createdAt]),
    'letters do not leave',
    (since) =>
      `Customers' letters that are due and not sent: ${rows.length}, the first since ${utc(since.toISOString())}. They are tried again at every sweep; the workers' log says what came of it ("e-mail not sent").\nLook whether SendGrid answers, and whether it takes the key and the sender.`,
  );
}

function patienceOf(stillMs: number, seenMs: number, now: Date) {
  const how = { afterMs: stillMs, seenMs };
  return { how, before: new Date(now.getTime() - stillMs + seenMs) };
}

/** Rows whose time cannot be read count as standing from the beginning of time: somebody has to look. */
function standing<T>(
  rows: readonly T[],
  of: (row: T) => [id: string, since: string | null | undefined],
): Standing[] {
  return rows.map((row) => {
    const [id, since] = of(row);
    return { id, since: new Date(Date.parse(since ?? '') || 0) };
  });
}
