/** The real API over HTTP, SQLite, Redis and Stripe's stand-in. Places and blobs are stubs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import Stripe from 'stripe';
import { verificationKey } from '../../sandbox/sendgrid/event-key.ts';
import { startStripe } from '../../sandbox/stripe/stripe.ts';
import { buildApp } from '../../src/app.ts';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import { createReadMailEvents } from '../../src/delivery/mail-events.ts';
import { scaledTimings, type Timings, withoutGrace } from '../../src/domain/patience.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { ReportQueue } from '../../src/domain/ports/work.ts';
import { createTokens, type Tokens } from '../../src/domain/token.ts';
import type { Edge } from '../../src/http/edge.ts';
import { createOperatorSessions } from '../../src/http/operators/operator-sessions.ts';
import { createOrders, type Orders } from '../../src/orders/create-orders.ts';
import { createOperators } from '../../src/orders/operators/create-operators.ts';
import { createReadUsage } from '../../src/orders/operators/read-usage.ts';
import { createProbeStore } from '../../src/orders/probe-store.ts';
import { sharedProbe } from '../../src/orders/shared-probe.ts';
import { createReadTrouble } from '../../src/orders/watch/read-trouble.ts';
import { createStripePayment } from '../../src/payment/stripe.ts';
import { unprintable } from '../../src/pdf/type/choose-fonts.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createBoardQueues } from '../../src/queue/board.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createSignals } from '../../src/queue/signals.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { type Answers, readAnswers, typeOf } from './answers.ts';
import { places } from './known-places.ts';

export const WEBHOOK_SECRET = 'whsec_test';
export const OPERATOR_PASSWORD = 'a-password-for-operators';
export const METRICS_TOKEN = 'a-token-that-opens-nothing-but-the-metrics';

export interface ApiRig extends AsyncDisposable {
  url: string;
  queue: ReportQueue;
  boardQueues: Queue[];
  app: FastifyInstance;
  store: Store;
  redis: RedisServer;
  tokens: Tokens;
  orders: Orders;
  timings: Timings;
  stripeUrl: string;
  /** log lines so far */
  lines: string[];
  /** folders removed from the blob store so far */
  removed: string[];
  /** what the API's document says of its answers */
  answers: Answers;
  /** Every answer is held to the document. */
  request(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Pays at the stand-in. @returns the event, not delivered yet */
  pay(orderId: string, wish?: object): Promise<object>;
  /** Posts an event to the webhook, signed. */
  deliver(event: object, options?: { secret?: string; timestamp?: number }): Promise<Response>;
  /** Names of all jobs in Redis, as `<queue> <id>`. */
  jobs(): Promise<string[]>;
  /** Makes the stand-in misbehave. */
  breakStripe(fault: object): Promise<void>;
}

/**
 * @param edge the parts to test; without it there are no limits
 * @param waits instead of the usual ones; without it orders have no grace
 */
export async function startApi(
  edge: Partial<Edge> = {},
  waits: Partial<Timings> = {},
): Promise<ApiRig> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-http-'));
  const redis = await startRedis();
  const stripe = await startStripe({
    host: '127.0.0.1',
    port: 0,
    seed: 1,
    webhookUrl: null,
    webhookSecret: WEBHOOK_SECRET,
    publicUrl: null,
  });
  const lines: string[] = [];
  const removed: string[] = [];
  const log = createLog(
    { level: 'info', pretty: false, process: 'api' },
    { write: (line) => lines.push(line) },
  );
  const timings = {
    ...withoutGrace(scaledTimings(20)),
    refundUnknown: 500,
    redisAnswer: 5_000,
    redisReconnect: 50,
    probe: 1_000,
    ...waits,
  };
  const store = await openStore(`sqlite:${join(folder, 'almanac.db')}`);
  const options = { redisUrl: redis.url, timings, log };
  const queue = createReportQueue(options);
  const signals = createSignals(options);
  const board = createBoardQueues(options);
  const tokens = createTokens('a-secret-of-at-least-32-characters!!');
  const publicUrl = 'https://almanac.example';
  const orders = createOrders({
    store,
    payment: createStripePayment({
      key: 'sk_test_sandbox',
      url: stripe.url,
      webhookSecret: WEBHOOK_SECRET,
      timings: { ...timings, stripeCall: 2_000 },
      log,
    }),
    queue,
    signals,
    blob: {
      upload: () => Promise.reject(new Error('the API uploads nothing')),
      signedUrl: async (key) => `https://blob.example/${key}?signature=1`,
      removeFolder: async (prefix) => removed.push(prefix),
    },
    catalogue,
    places,
    resolveBirth,
    unprintable,
    tokens,
    timings,
    log,
    publicUrl,
    clock: () => new Date(),
  });
  const clock = () => new Date();
  const operators = createOperators({ store, catalogue, queue, signals, timings, log, clock });
  const sessions = createOperatorSessions({
    password: OPERATOR_PASSWORD,
    tokenSecret: 'a-secret-of-at-least-32-characters!!',
    publicUrl,
    clock,
  });
  const readUsage = createReadUsage({ store });
  const app = await buildApp({
    orders,
    readMailEvents: createReadMailEvents({
      publicKey: verificationKey(),
      timings,
      clock: () => new Date(),
    }),
    catalogue,
    places,
    log,
    publicUrl,
    readiness: {
      probes: {
        store: createProbeStore({ store, clock, everyMs: timings.probe }),
        redis: sharedProbe(queue.ping, { clock, everyMs: timings.probe }),
      },
      withinMs: timings.probe,
      readTrouble: createReadTrouble({ store, timings, clock }),
    },
    edge: {
      trustedProxies: 0,
      corsOrigins: ['https://shop.example'],
      corsLocalhost: false,
      counts: null,
      ...edge,
    },
    readUsage,
    metricsToken: METRICS_TOKEN,
    operator: { sessions, queues: board.queues, operators },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const signer = new Stripe('sk_test_sandbox');

  const answers = readAnswers(app);
  const request: ApiRig['request'] = async (path, init) => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
    const type = typeOf(response.headers.get('content-type'));
    const body = type === 'text/event-stream' ? '' : await response.clone().text();
    answers.check(init?.method ?? 'GET', path, { status: response.status, type, body });
    return response;
  };
  return {
    url,
    app,
    queue,
    boardQueues: board.queues,
    store,
    redis,
    tokens,
    orders,
    timings,
    stripeUrl: stripe.url,
    lines,
    removed,
    answers,
    request,
    post: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    async pay(orderId, wish = {}) {
      const order = await store.orders.find(orderId);
      const paid = await fetch(`${stripe.url}/_sandbox/sessions/${order?.checkoutSessionId}/pay`, {
        method: 'POST',
        body: JSON.stringify({ deliver: false, ...wish }),
      });
      const { eventId } = (await paid.json()) as { eventId: string };
      const event = await fetch(`${stripe.url}/v1/events/${eventId}`, {
        headers: { authorization: 'Bearer sk_test_sandbox' },
      });
      return (await event.json()) as object;
    },
    deliver(event, { secret = WEBHOOK_SECRET, timestamp } = {}) {
      const payload = JSON.stringify(event);
      const signature = signer.webhooks.generateTestHeaderString({ payload, secret, timestamp });
      return request('/v1/webhooks/stripe', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': signature },
        body: payload,
      });
    },
    jobs: async () => (await Promise.all(board.queues.map(jobNames))).flat().sort(),
    async breakStripe(fault) {
      await fetch(`${stripe.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await Promise.all([queue.close(), signals.close(), board.close(), stripe.close()]);
      await store.close();
      await redis.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function jobNames(queue: Queue): Promise<string[]> {
  const jobs = await queue.getJobs();
  return jobs.map((job) => `${queue.name} ${job.id}`);
}

/** A valid order. Each test spoils one thing. */
export function goodOrder(change: object = {}) {
  return {
    email: 'ada@example.com',
    products: ['life-clarity'],
    birth: { name: 'Ada', date: '1990-06-15', time: '14:30', place: { id: 'vienna' } },
    ...change,
  };
}

export interface Placed {
  orderId: string;
  accessToken: string;
  checkoutUrl: string;
  status: string;
}

export async function place(api: ApiRig, change: object = {}): Promise<Placed> {
  const response = await api.post('/v1/orders', goodOrder(change));
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Placed;
}

export function bearer(placed: Placed): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${placed.accessToken}` } };
}
