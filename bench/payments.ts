/**
 * 1,000 orders (or as many as given) at two API processes: events shuffled, each sent one to five
 * times at once, a tenth never sent and found by reconciliation, API processes killed all the while.
 * In the end every paid order has one set of reports, no unpaid one has any, and the sums at Stripe's
 * stand-in are the sums in the store.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../cli/local/child.ts';
import { randomFrom } from '../sandbox/wire/random.ts';
import type { Order } from '../src/domain/order.ts';
import type { Store } from '../src/domain/ports/store.ts';
import { openStore } from '../src/store/open-store.ts';
import { startRedis } from '../test/queue/redis-server.ts';
import { checkBooks } from './payments/check-books.ts';
import { shuffled } from './payments/shuffled.ts';

const LANES = 8;
const KEY = { authorization: 'Bearer sk_test_sandbox' };

export interface PaymentsOptions {
  orders: number;
  kills: number;
  seed: number;
}

export async function run(): Promise<void> {
  const orders = Number(process.argv[3] ?? 1_000);
  console.log(
    JSON.stringify({ bench: 'payments', ...(await shuffle({ orders, kills: 12, seed: 7 })) }),
  );
}

/** @returns what was counted. @throws Error naming the first order whose books do not fit */
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
    const port = 20_000 + (process.pid % 20_000);
    const apis = await startApis([port, port + 1], folder, {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      STRIPE_API_URL: urls.stripe,
      VERCEL_BLOB_API_URL: urls.blob,
      TIME_SCALE: '100',
      LOG_LEVEL: 'warn',
    });
    onClose(async () => {
      await apis.close();
      await store.close();
    });
    return await trade({ count, kills, seed, store, stripe: urls.stripe, apis });
  } finally {
    for (const close of closers) await close();
  }
}

interface Apis {
  origins: string[];
  kill(index: number): Promise<void>;
  close(): Promise<void>;
}

async function startApis(ports: number[], folder: string, env: NodeJS.ProcessEnv): Promise<Apis> {
  const children: Child[] = [];
  const start = async (index: number): Promise<void> => {
    const child = startChild({
      name: `api-${index}`,
      args: [new URL('../src/server.ts', import.meta.url).pathname],
      env: { ...env, PORT: String(ports[index]) },
      logFile: join(folder, `api-${index}.log`),
    });
    children[index] = child;
    await child.ready;
  };
  await Promise.all(ports.map((_, index) => start(index)));
  return {
    origins: ports.map((port) => `http://127.0.0.1:${port}`),
    async kill(index) {
      await children[index]?.kill();
      await start(index);
    },
    close: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

interface Trade {
  count: number;
  kills: number;
  seed: number;
  store: Store;
  stripe: string;
  apis: Apis;
}

async function trade({ count, kills, seed, store, stripe, apis }: Trade) {
  const random = randomFrom(seed);
  const began = performance.now();
  const placed = await inLanes(Array.from({ length: count }), (_, index) =>
    placeOrder(apis.origins[index % 2] ?? '', random() < 0.3 ? 'bundle' : 'life-clarity'),
  );
  // one in ten is never paid
  const toPay = placed.filter(() => random() >= 0.1);
  const events = await inLanes(toPay, (orderId) => payOrder(store, stripe, orderId));

  const deliveries = shuffled(
    events
      .filter(() => random() >= 0.1) // the others are never sent
      .flatMap((id) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => id)),
    random,
  );
  const killing = (async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(150 + random() * 300);
      await apis.kill(kill % 2);
    }
  })();
  await inLanes(deliveries, async (id) => {
    await fetch(`${stripe}/_sandbox/webhook`, {
      method: 'POST',
      body: JSON.stringify({ url: `${apis.origins[Math.floor(random() * 2)]}/v1/webhooks/stripe` }),
    });
    await fetch(`${stripe}/_sandbox/events/${id}/deliver`, {
      method: 'POST',
      body: JSON.stringify({ times: 1, concurrent: true }),
    });
  });
  await killing;
  const books = await untilSettled(() => checkBooks(store, stripe, placed, new Set(toPay)));
  const seconds = Math.round((performance.now() - began) / 1_000);
  return { orders: count, deliveries: deliveries.length, kills, seconds, ...books };
}

/** Reconciliation finds what was never sent: every 9 s here. */
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
  const response = await fetch(`${origin}/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', products: [product], birth }),
  });
  return ((await response.json()) as { orderId: string }).orderId;
}

/** @returns the event's id, not sent yet */
async function payOrder(store: Store, stripe: string, orderId: string): Promise<string> {
  const order: Order | null = await store.orders.find(orderId);
  const path = `${stripe}/_sandbox/sessions/${order?.checkoutSessionId}/pay`;
  const response = await fetch(path, {
    method: 'POST',
    headers: KEY,
    body: JSON.stringify({ deliver: false }),
  });
  return ((await response.json()) as { eventId: string }).eventId;
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
