/** The invariants, checked against the store and the stand-ins' own books. */
import { z } from 'zod';
import type { Order } from '../src/domain/order.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Report } from '../src/domain/report.ts';
import { isSettled } from '../src/domain/transitions.ts';
import { catalogue } from './catalogue.ts';
import type { Shopped } from './customer.ts';
import type { House } from './house.ts';
import { readWitness } from './witness.ts';
import type { Witnessed } from './witnessed.ts';

export interface Verdict {
  orders: number;
  /** customers who never managed to place or pay their order */
  unserved: number;
  delivered: number;
  refunded: number;
  lost: number;
  duplicateDeliveries: number;
  unpaidStarted: number;
  sectionsRewritten: number;
  /** calls for answers that an earlier call had already brought */
  repeatedCalls: number;
  /** width x runs that were cut short: killed, suspended or without their lock */
  allowedRepeats: number;
  /** answers sent in the very moment when a run that was told to stop hung up, so it never got them */
  crossedStops: number;
  staleWrites: number;
  /** reports about another birth than their order has at its end */
  otherBirths: number;
  ok: boolean;
}

const journal = z.object({
  entries: z.array(
    z.object({ requestId: z.string().nullable(), asked: z.array(z.string()), outcome: z.string() }),
  ),
});
const mailbox = z.object({
  messages: z.array(z.object({ customArgs: z.record(z.string(), z.string()) })),
});

/** @param shopped what the customers know: which order was paid; null: the customer gave up */
export async function reachVerdict(
  house: House,
  store: Store,
  shopped: readonly (Shopped | null)[],
  witnessed: Witnessed,
): Promise<Verdict> {
  const found: Verdict = {
    orders: shopped.length,
    unserved: 0,
    delivered: 0,
    refunded: 0,
    lost: 0,
    duplicateDeliveries: await duplicateLetters(house, store),
    unpaidStarted: 0,
    sectionsRewritten: witnessed.sectionsRewritten,
    repeatedCalls: 0,
    allowedRepeats: 0,
    crossedStops: 0,
    staleWrites: witnessed.staleWrites,
    otherBirths: 0,
    ok: true,
  };
  const seen = readWitness(house.witnessFile);
  found.staleWrites += seen.filter(({ what }) => what === 'stale-write').length;
  const cutShort = Map.groupBy(
    seen.filter(({ what }) => what === 'interrupted'),
    ({ id }) => id,
  );
  const answeredBy = await answeredRequests(house);
  for (const one of shopped) {
    if (one === null) {
      found.unserved += 1;
      continue;
    }
    const order = await store.orders.find(one.orderId);
    const reports = await store.reports.ofOrder(one.orderId);
    if (!order) found.lost += 1;
    else if (!one.paid) found.unpaidStarted += reports.length > 0 ? 1 : 0;
    else if (await isMadeGood(store, order, reports)) found.refunded += 1;
    else if (isDelivered(order, reports)) found.delivered += 1;
    else found.lost += 1;
    for (const report of reports) {
      const facts = await store.facts.find(report.id);
      if (facts && facts.chart.utc !== order?.subject.birth.utc) found.otherBirths += 1;
      const runs = new Set(cutShort.get(report.id)?.map(({ fence }) => fence));
      const { repeats, crossed } = await repeatsOf(store, report, answeredBy, runs);
      const allowed = widthOf(report) * runs.size;
      found.allowedRepeats += allowed;
      found.repeatedCalls += repeats;
      found.crossedStops += crossed;
      if (repeats > allowed) found.ok = false;
    }
  }
  const { unserved, lost, duplicateDeliveries, unpaidStarted } = found;
  const wrong = unserved + lost + duplicateDeliveries + unpaidStarted;
  found.ok &&= wrong + found.sectionsRewritten + found.staleWrites + found.otherBirths === 0;
  return found;
}

function isDelivered(order: Order, reports: readonly Report[]): boolean {
  const all = reports.length === order.items.length;
  return order.state === 'fulfilled' && all && reports.every(({ state }) => state === 'delivered');
}

/** Whether everything that was not delivered is owed or paid back. */
async function isMadeGood(
  store: Store,
  order: Order,
  reports: readonly Report[],
): Promise<boolean> {
  const refunds = await store.refunds.ofOrder(order.id);
  const owed = refunds.filter(({ state }) => state !== 'void');
  const whole = owed.some(({ reportId }) => reportId === null);
  // erased or cancelled before its money was known: it came for a closed order, and goes back
  if (order.state === 'cancelled' && reports.length === 0) return whole;
  const settled = reports.length === order.items.length && reports.every((r) => isSettled(r.state));
  const missing = reports.filter(({ state }) => state !== 'delivered');
  if (!settled || missing.length === 0 || order.state === 'paid') return false;
  if (order.withdrawnAt) return order.refundedMinor >= order.amountMinor; // the bank has taken it
  return whole || missing.every(({ id }) => owed.some(({ reportId }) => reportId === id));
}

function widthOf({ productId, version }: Report): number {
  return catalogue.definition(productId, version)?.width ?? 1;
}

/** The latter two without the usage. */
const ANSWERED: ReadonlySet<string> = new Set(['answered', 'missing_usage', 'null_usage']);

/** Ids of the requests that the stand-in answered. */
async function answeredRequests({ sandbox }: House): Promise<Set<string>> {
  const response = await fetch(`${sandbox.openai}/_sandbox/journal`);
  const { entries } = journal.parse(await response.json());
  const answered = entries.filter(({ outcome }) => ANSWERED.has(outcome));
  return new Set(answered.flatMap(({ requestId }) => requestId ?? []));
}

/**
 * @param cutShort fences of the runs that did not end by themselves
 * @returns `repeats`: calls that brought an answer that an earlier one had already brought
 */
async function repeatsOf(
  store: Store,
  report: Report,
  answeredBy: ReadonlySet<string>,
  cutShort: ReadonlySet<number>,
): Promise<{ repeats: number; crossed: number }> {
  const brought = new Set<string>();
  let [repeats, crossed] = [0, 0];
  for (const call of await store.modelCalls.ofReport(report.id)) {
    if (!answeredBy.has(call.id)) continue;
    const { edition, asked, answered, outcome, fence } = call;
    if (outcome === 'aborted' && !cutShort.has(fence)) {
      crossed += 1;
      continue;
    }
    // an answered call says which answers were good; an open or aborted one counts for all it asked for
    const ids = outcome === null || outcome === 'aborted' ? asked : answered;
    const keys = ids.map((id) => `${edition} ${id}`);
    if (keys.some((key) => brought.has(key))) repeats += 1;
    for (const key of keys) brought.add(key);
  }
  return { repeats, crossed };
}

/** Letters beyond the one for each key, or beyond the two of a key whose sending went unanswered. */
async function duplicateLetters({ sandbox }: House, store: Store): Promise<number> {
  const response = await fetch(`${sandbox.sendgrid}/_sandbox/messages`);
  const { messages } = mailbox.parse(await response.json());
  const keys = messages.flatMap(({ customArgs }) => customArgs.key ?? []);
  let duplicates = 0;
  for (const [key, letters] of Map.groupBy(keys, (each) => each)) {
    const row = await store.emails.find(key);
    duplicates += Math.max(0, letters.length - Math.min(2, Math.max(1, row?.tries ?? 1)));
  }
  return duplicates;
}
