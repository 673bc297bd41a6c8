/**
 * The API under load at 64 connections. It measures orders (each asks Stripe), and webhooks of paid
 * orders answered 202 with everything on (signature, validation, durable event), next to a bare Fastify
 * that only adds a BullMQ job. It also measures how fast those orders get their reports and jobs.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { startChild } from '../cli/local/child.ts';
import { freePort } from '../cli/local/ports.ts';
import { verificationKey } from '../sandbox/sendgrid/event-key.ts';
import { openStore } from '../src/store/open-store.ts';
import { startRedis } from '../test/queue/redis-server.ts';
import { fire, type Shot } from './api/load.ts';

const CONNECTIONS = 64;
const ORDERS = 2_000;
const ROUNDS = 2;
const SECRET = 'whsec_bench';

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-api-'));
  const closers: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    await measure(folder, (close) => closers.unshift(close));
  } finally {
    for (const close of closers) await close();
  }
}

async function measure(folder: string, onClose: (close: () => unknown) => void): Promise<void> {
  const redis = await startRedis();
  onClose(() => redis.close());
  const sandbox = fork(new URL('../sandbox/main.ts', import.meta.url), {
    env: { ...process.env, ...SANDBOX_PORTS },
    silent: true,
  });
  onClose(() => sandbox.kill());
  const [{ urls }] = await once(sandbox, 'message');
  const bare = fork(new URL('./api/bare.ts', import.meta.url), [redis.url]);
  onClose(() => bare.kill());
  const [bareUrl] = await once(bare, 'message');

  const databaseUrl = `sqlite:${join(folder, 'bench.db')}`;
  const port = String(await freePort());
  const api = startChild({
    name: 'api',
    args: [new URL('../src/server.ts', import.meta.url).pathname],
    env: { ...process.env, ...environmentOf(urls, redis.url, databaseUrl, port) },
    logFile: join(folder, 'api.log'),
  });
  onClose(() => api.stop());
  await api.ready;
  const origin = `http://127.0.0.1:${port}`;
  const store = await openStore(databaseUrl);
  onClose(() => store.close());

  const orders = await fire(origin, Array.from({ length: ORDERS }, orderShot), CONNECTIONS);
  console.log(`orders: ${JSON.stringify(orders.statuses)}, p99 ${orders.p99Ms.toFixed(0)} ms`);
  const orderIds = orders.bodies.map((body) => (JSON.parse(body) as { orderId: string }).orderId);
  const events = await payAll(urls.stripe, store, orderIds);

  const bareRps: number[] = [];
  const webhook: { rps: number; p99Ms: number }[] = [];
  let settled = 0;
  let settledMs = 0;
  const slice = Math.ceil(events.length / ROUNDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const part = events.slice(round * slice, (round + 1) * slice);
    const plain = part.map((body) => ({ path: '/', headers: {}, body }));
    bareRps.push((await fire(bareUrl, plain, CONNECTIONS)).rps);
    const begun = performance.now();
    const answered = await fire(origin, part.map(signedShot), CONNECTIONS);
    console.log(`round ${round + 1}: webhooks ${JSON.stringify(answered.statuses)}`);
    webhook.push(answered);
    await untilPaid(store, orderIds.slice(round * slice, (round + 1) * slice));
    settled += part.length;
    settledMs += performance.now() - begun;
  }
  const webhookRps = mean(webhook.map(({ rps }) => rps));
  console.log(
    JSON.stringify({
      bench: 'api',
      webhookRps: Math.round(webhookRps),
      webhookP99Ms: Math.round(Math.max(...webhook.map(({ p99Ms }) => p99Ms))),
      bareRps: Math.round(mean(bareRps)),
      ratio: Number((webhookRps / mean(bareRps)).toFixed(2)),
      settledPerMinute: Math.round((settled / settledMs) * 60_000),
      ordersRps: Math.round(orders.rps),
    }),
  );
}

const SANDBOX_PORTS = {
  SANDBOX_OPENAI_PORT: '0',
  SANDBOX_STRIPE_PORT: '0',
  SANDBOX_SENDGRID_PORT: '0',
  SANDBOX_BLOB_PORT: '0',
};

/** As in production: no pretty log, no sandbox defaults, full waits. */
function environmentOf(
  urls: { stripe: string; blob: string },
  redisUrl: string,
  databaseUrl: string,
  port: string,
) {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    TRUST_PROXY: '1',
    PORT: port,
    PUBLIC_URL: 'https://almanac.example',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    TOKEN_SECRET: 'a-secret-for-the-bench-of-32-characters',
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_API_URL: urls.stripe,
    SENDGRID_WEBHOOK_PUBLIC_KEY: verificationKey(),
    BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_bench_key',
    VERCEL_BLOB_API_URL: urls.blob,
  };
}

let address = 0;
/** The rate limits count every address, and no address reaches one. */
function someone(): Record<string, string> {
  address += 1;
  return { 'x-forwarded-for': `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}` };
}

function orderShot(): Shot {
  const place = { name: 'Vienna', latitude: 48.2, longitude: 16.37, timeZone: 'Europe/Vienna' };
  const birth = { name: 'Ada', date: '1990-06-15', time: '14:30', place };
  const body = JSON.stringify({ email: 'ada@example.com', products: ['bundle'], birth });
  return { path: '/v1/orders', headers: someone(), body };
}

const signer = new Stripe('sk_test_bench');
function signedShot(body: string): Shot {
  const header = signer.webhooks.generateTestHeaderString({ payload: body, secret: SECRET });
  return {
    path: '/v1/webhooks/stripe',
    headers: { ...someone(), 'stripe-signature': header },
    body,
  };
}

/** @returns the bodies of the events, which have not been delivered yet */
async function payAll(
  stripeUrl: string,
  store: Awaited<ReturnType<typeof openStore>>,
  orderIds: readonly string[],
): Promise<string[]> {
  const events: string[] = [];
  for (const orderId of orderIds) {
    const order = await store.orders.find(orderId);
    const paid = await fetch(`${stripeUrl}/_sandbox/sessions/${order?.checkoutSessionId}/pay`, {
      method: 'POST',
      body: JSON.stringify({ deliver: false }),
    });
    const { eventId } = (await paid.json()) as { eventId: string };
    const event = await fetch(`${stripeUrl}/v1/events/${eventId}`, {
      headers: { authorization: 'Bearer sk_test_bench' },
    });
    events.push(await event.text());
  }
  return events;
}

async function untilPaid(
  store: Awaited<ReturnType<typeof openStore>>,
  orderIds: readonly string[],
): Promise<void> {
  for (const orderId of orderIds) {
    while ((await store.reports.ofOrder(orderId)).length < 3) await sleep(20);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
