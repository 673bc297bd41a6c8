/**
 * 1,000 orders (or as many as given) at two API processes. Events are shuffled, and each is sent one to
 * five times at once. A tenth is never sent and found by reconciliation. API processes are killed right
 * after a write, at every point of a payment. Some payments are refunded or disputed at Stripe, and that may arrive
 * first: half of the disputes are won, the others lost. In the end every paid order has one set of reports with
 * their jobs, no unpaid order has any, and the sums at Stripe's stand-in are the sums in the store.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../cli/local/ports.ts';
import { randomFrom } from '../sandbox/wire/random.ts';
import type { Order } from '../src/domain/order.ts';
import type { Store } from '../src/domain/ports/store.ts';
import { openStore } from '../src/store/open-store.ts';
import { startRedis } from '../test/queue/redis-server.ts';
import { checkBooks, checkJobs } from './payments/check-books.ts';
import { KILL_POINTS, planKills } from './payments/kill-points.ts';
import { type MortalApis, startMortalApis } from './payments/mortal-apis.ts';
import { shuffled } from './payments/shuffled.ts';
import { sweepOnce } from './payments/sweep-once.ts';

const LANES = 8;
const TRIES = 5;
const KEY = { authorization: 'Bearer sk_test_sandbox' };

export interface PaymentsOptions {
  orders: number;
  kills: number;
  seed: number;
}

export async function run(): Promise<void> {
  const orders = Number(process.argv[3] ?? 1_000);
  console.log(
    JSON.stringify({ bench: 'payments', ...(await shuffle({ orders, kills: 20, seed: 7 })) }),
  );
}

/** @returns the counts. @throws Error naming the first order whose books do not balance */
export async function shuffle({ orders: count, kills, seed }: PaymentsOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-payments-'));
  const closers: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const onClose = (close: () => unknown) => closers.unshift(close);
  try {
    const redis = await startRedis();
    onClose(() => redis.close());
    const ports = ['OPENAI', 'STRIPE', 'SENDGRID', 'BLOB'].map((name) => [
      `SANDBOX_${name}_PORT`,
      '0',
    ]);
    const sandbox = fork(new URL('../sandbox/main.ts', import.meta.url), {
      env: { PATH: process.env.PATH, ...Object.fromEntries(ports) },
      silent: true,
    });
    onClose(() => sandbox.kill());
    const [{ urls }] = await once(sandbox, 'message');
    const databaseUrl = `sqlite:${join(folder, 'shop.db')}`;
    const store = await openStore(databaseUrl);
    const random = randomFrom(seed);
    const planned = planKills(kills, Math.ceil(count / kills / 10), random);
    const apis = await startMortalApis([await freePort(), await freePort()], planned, folder, {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      STRIPE_API_URL: urls.stripe,
      VERCEL_BLOB_API_URL: urls.blob,
      TIME_SCALE: '100',
      GRACE: 'off',
      LOG_LEVEL: 'warn',
    });
    onClose(async () => {
      await apis.close();
      await store.close();
    });
    const traded = trade({
      count,
      deaths: kills,
      random,
      store,
      stripe: urls.stripe,
      redisUrl: redis.url,
      apis,
    });
    return await Promise.race([traded, apis.broken]);
  } finally {
    for (const close of closers) await close();
  }
}

interface Trade {
  count: number;
  /** how many API processes must die */
  deaths: number;
  random: () => number;
  store: Store;
  stripe: string;
  redisUrl: string;
  apis: MortalApis;
}

async function trade({ count, deaths, random, store, stripe, redisUrl, apis }: Trade) {
  const began = performance.now();
  const placed = await inLanes(Array.from({ length: count }), (_, index) =>
    placeOrder(apis.origins[index % 2] ?? '', random() < 0.3 ? 'bundle' : 'life-clarity'),
  );
  // one in ten is never paid
  const toPay = placed.filter(() => random() >= 0.1);
  const events = (await inLanes(toPay, (id) => atStripe(store, stripe, id, 'pay'))).flat();

  // one in twenty each: what happens to the money is told in any order, before the payment too
  const refunded = toPay.filter((_, index) => index % 20 === 7);
  const disputed = toPay.filter((_, index) => index % 20 === 13);
  const told = await inLanes(refunded, (id) => atStripe(store, stripe, id, 'refund'));
  const claims = await inLanes(disputed, (id) => atStripe(store, stripe, id, 'dispute'));

  const deliveries = shuffled(
    [...events, ...told.flat(), ...claims.flat()]
      .filter(() => random() >= 0.1) // the rest are never sent
      .flatMap((id) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => id)),
    random,
  );
  const deliver = async (id: string): Promise<void> => {
    await fetch(`${stripe}/_sandbox/webhook`, {
      method: 'POST',
      body: JSON.stringify({ url: `${apis.origins[Math.floor(random() * 2)]}/v1/webhooks/stripe` }),
    });
    await fetch(`${stripe}/_sandbox/events/${id}/deliver`, {
      method: 'POST',
      body: JSON.stringify({ times: 1, concurrent: true }),
    });
  };
  // in batches, so that killed processes are back and can be killed again in the next batch
  const batch = Math.ceil(deliveries.length / deaths / 2);
  for (let from = 0; from < deliveries.length; from += batch) {
    await inLanes(deliveries.slice(from, from + batch), deliver);
    await apis.up();
  }
  const ended = await inLanes(claims.flat(), (id, index) =>
    endDispute(stripe, id, index % 2 === 0),
  );
  await inLanes(shuffled(ended.flat(), random), deliver);
  const paid = new Set(toPay);
  const lost = disputed.filter((_, index) => index % 2 === 1);
  const gone = new Set([...refunded, ...lost]);
  const books = await untilSettled(async () => {
    const sums = await checkBooks(store, stripe, placed, paid, gone);
    await sweepOnce(store, redisUrl);
    return { ...sums, jobs: await checkJobs(store, redisUrl, placed, paid, gone) };
  });
  const killedBehind = Object.fromEntries(
    KILL_POINTS.map((point) => [point, apis.died.filter((each) => each === point).length]),
  );
  const seconds = Math.round((performance.now() - began) / 1_000);
  const { length: kills } = apis.died;
  const money = { refunded: refunded.length, disputed: disputed.length, lost: lost.length };
  const { length: sent } = deliveries;
  return { orders: count, deliveries: sent, kills, killedBehind, seconds, ...money, ...books };
}

/** Reconciliation, every 9 s here, finds the events that were never sent. */
async function untilSettled<T>(check: () => Promise<T>): Promise<T> {
  const until = Date.now() + 120_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(500);
    }
  }
}

async function placeOrder(origin: string, product: string): Promise<string> {
  const place = { name: 'Vienna', latitude: 48.2, longitude: 16.37, timeZone: 'Europe/Vienna' };
  const birth = { name: 'Ada', date: '1990-06-15', time: '14:30', place };
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const body = JSON.stringify({ email: 'ada@example.com', products: [product], birth });
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(`${origin}/v1/orders`, { method: 'POST', headers, body });
    if (response.ok) return ((await response.json()) as { orderId: string }).orderId;
    // the time limit of Stripe's calls is a hundredth here
    if (tries === TRIES)
      throw new Error(`no order: status ${response.status}, ${await response.text()}`);
  }
}

/** @returns ids of the events, which have not been sent yet */
async function atStripe(store: Store, stripe: string, orderId: string, verb: string) {
  const order: Order | null = await store.orders.find(orderId);
  return control(stripe, `sessions/${order?.checkoutSessionId}/${verb}`, {});
}

/** @param eventId of the dispute's beginning. @returns ids of the events, which have not been sent yet */
async function endDispute(stripe: string, eventId: string, won: boolean): Promise<string[]> {
  const event = await fetch(`${stripe}/v1/events/${eventId}`, { headers: KEY });
  const { data } = (await event.json()) as { data: { object: { id: string } } };
  return control(stripe, `disputes/${data.object.id}/close`, { outcome: won ? 'won' : 'lost' });
}

async function control(stripe: string, path: string, wish: object): Promise<string[]> {
  const response = await fetch(`${stripe}/_sandbox/${path}`, {
    method: 'POST',
    headers: KEY,
    body: JSON.stringify({ ...wish, deliver: false }),
  });
  return ((await response.json()) as { eventIds: string[] }).eventIds;
}

async function inLanes<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
