/** The invariants, checked from the store and from the stand-ins' own books. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Order } from '../src/domain/order.ts';
import type { Store } from '../src/domain/ports/store.ts';
import { QUEUES } from '../src/domain/product.ts';
import type { Report } from '../src/domain/report.ts';
import { isSettled } from '../src/domain/transitions.ts';
import type { House } from './house.ts';
import { catalogue } from './small-catalogue.ts';
import { readWitness } from './witness.ts';

export interface Verdict {
  orders: number;
  delivered: number;
  refunded: number;
  lost: number;
  duplicateDeliveries: number;
  unpaidStarted: number;
  sectionsRewritten: number;
  /** answers that were asked for again although a call had brought them */
  repeatedCalls: number;
  /** width x runs that ended before their report did */
  allowedRepeats: number;
  staleWrites: number;
  /** jobs that would still run, processes that did not end when told to */
  leftBehind: number;
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

/** @param shopped what the customers know: which order was paid */
export async function reachVerdict(
  house: House,
  store: Store,
  shopped: readonly { orderId: string; paid: boolean }[],
): Promise<Verdict> {
  let [delivered, refunded, lost, unpaidStarted, allowedRepeats, repeatedCalls] = [
    0, 0, 0, 0, 0, 0,
  ];
  const answeredBy = await answeredRequests(house);
  for (const { orderId, paid } of shopped) {
    const order = await store.orders.find(orderId);
    const reports = await store.reports.ofOrder(orderId);
    if (!order) lost += 1;
    else if (!paid) unpaidStarted += reports.length > 0 ? 1 : 0;
    else if (await isMadeGood(store, order, reports)) refunded += 1;
    else if (isDelivered(order, reports)) delivered += 1;
    else lost += 1;
    for (const report of reports) {
      allowedRepeats += widthOf(report) * Math.max(0, report.fence - 1);
      repeatedCalls += await repeatsOf(store, report, answeredBy);
    }
  }
  const witnessed = readWitness(house.databaseFile, house.witnessFile);
  const found = {
    ...{ orders: shopped.length, delivered, refunded, lost },
    duplicateDeliveries: await duplicateLetters(house, store),
    ...{ unpaidStarted, sectionsRewritten: witnessed.sectionsRewritten },
    ...{ repeatedCalls, allowedRepeats, staleWrites: witnessed.staleWrites },
    leftBehind: await liveJobs(house),
  };
  const wrong =
    lost +
    found.duplicateDeliveries +
    unpaidStarted +
    found.sectionsRewritten +
    found.staleWrites +
    found.leftBehind;
  return { ...found, ok: wrong === 0 && repeatedCalls <= allowedRepeats };
}

function isDelivered(order: Order, reports: readonly Report[]): boolean {
  const all = reports.length === order.items.length;
  return order.state === 'fulfilled' && all && reports.every(({ state }) => state === 'delivered');
}

/** What was not delivered is owed or paid back. */
async function isMadeGood(
  store: Store,
  order: Order,
  reports: readonly Report[],
): Promise<boolean> {
  const settled = reports.length === order.items.length && reports.every((r) => isSettled(r.state));
  const missing = reports.filter(({ state }) => state !== 'delivered');
  if (!settled || missing.length === 0 || order.state === 'paid') return false;
  const refunds = await store.refunds.ofOrder(order.id);
  const owed = refunds.filter(({ state }) => state !== 'void');
  const whole = owed.some(({ reportId }) => reportId === null);
  return whole || missing.every(({ id }) => owed.some(({ reportId }) => reportId === id));
}

function widthOf({ productId, version }: Report): number {
  return catalogue.definition(productId, version)?.width ?? 1;
}

/** Ids of the requests that the stand-in answered. */
async function answeredRequests({ sandbox }: House): Promise<Set<string>> {
  const response = await fetch(`${sandbox.openai}/_sandbox/journal`);
  const { entries } = journal.parse(await response.json());
  const answered = entries.filter(({ outcome }) => outcome === 'answered');
  return new Set(answered.flatMap(({ requestId }) => requestId ?? []));
}

async function repeatsOf(
  store: Store,
  report: Report,
  answeredBy: ReadonlySet<string>,
): Promise<number> {
  const calls = await store.modelCalls.ofReport(report.id);
  const brought = calls
    .filter(({ id }) => answeredBy.has(id))
    // a call that closed says which answers were good; one that did not brought what it asked for
    .flatMap(({ edition, asked, answered, outcome }) =>
      (outcome === null || outcome === 'aborted' ? asked : answered).map(
        (id) => `${edition} ${id}`,
      ),
    );
  return brought.length - new Set(brought).size;
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

async function liveJobs({ redisUrl }: House): Promise<number> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  let live = 0;
  for (const name of QUEUES) {
    const queue = new Queue(name, { connection });
    live += await queue.getJobCountByTypes('active', 'waiting', 'delayed', 'prioritized');
    await queue.close();
  }
  connection.disconnect();
  return live;
}
