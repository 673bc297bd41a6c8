import { setImmediate as turn } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { birthOn, resolveBirth } from '../../../simulation/shop.ts';
import { AlmanacError } from '../../../src/domain/errors.ts';
import type { Order } from '../../../src/domain/order.ts';
import { scaledTimings } from '../../../src/domain/patience.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import type { ReportQueue } from '../../../src/domain/ports/work.ts';
import { createCommitPaidOrder } from '../../../src/orders/commit-paid-order.ts';
import { createCorrectOrder } from '../../../src/orders/customers/correct-order.ts';
import { createStartOrder } from '../../../src/orders/customers/start-order.ts';
import { BY_CUSTOMER } from '../../../src/orders/money/owe-unmade-reports.ts';
import { createStopUnbegun } from '../../../src/orders/money/stop-unbegun.ts';
import { createSettleOrder } from '../../../src/orders/settle-order.ts';
import { createReportQueue } from '../../../src/queue/report-queue.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { claimReport } from '../../../workers/claim-report.ts';
import { sweep } from '../../../workers/sweeper.ts';
import { type RedisServer, startRedis } from '../../queue/redis-server.ts';
import { noSignals } from '../../workers/nobody.ts';
import { catalogueOf, openSample, sampleDefinition, sampleOrder } from '../../workers/sample.ts';

const RACES = 100;
const GRACE_MS = 600_000;
const timings = scaledTimings(1);
const log = pino({ level: 'silent' });
const catalogue = catalogueOf(sampleDefinition({ grace: 'long' }));
const NO_PLACES = { search: () => ({ places: [], ignored: null }), find: () => null };

let redis: RedisServer;
let queue: ReportQueue;
let connection: Redis;
let jobs: Queue;
let sample: Awaited<ReturnType<typeof openSample>>;
/** two writers, each with a connection of its own */
let shop: ReturnType<typeof sideOf>;
let worker: ReturnType<typeof sideOf>;

function sideOf(store: Store) {
  const deps = {
    ...{ store, catalogue, timings, log, queue },
    ...{ signals: noSignals, clock: () => new Date() },
  };
  const commitPaidOrder = createCommitPaidOrder(deps);
  const settleOrder = createSettleOrder({ ...deps, sendEmail: null });
  return { ...deps, commitPaidOrder, settleOrder, sendEmail: async () => {} };
}

beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  queue = createReportQueue({ redisUrl: redis.url, timings, log });
  jobs = new Queue('blueprint', { connection });
  sample = await openSample();
  shop = sideOf(sample.store);
  worker = sideOf(await openStore(sample.databaseUrl));
});
afterAll(async () => {
  await worker.store.close();
  await sample.close();
  await Promise.all([queue.close(), jobs.close()]);
  connection.disconnect();
  await redis.close();
});

/** A paid order whose reports wait for the end of its grace. @param leftMs until then */
async function paid(id: string, leftMs: number): Promise<Order> {
  const graceUntil = new Date(Date.now() + leftMs).toISOString();
  const order = { ...sampleOrder(id), graceUntil };
  await shop.store.orders.insert(order);
  await shop.commitPaidOrder(order);
  return order;
}

/** So that sometimes the one, sometimes the other is first. */
async function after(turns: number, work: () => Promise<unknown>): Promise<unknown> {
  for (let left = turns; left > 0; left -= 1) await turn();
  return work().catch((error: unknown) => {
    if (error instanceof AlmanacError && error.code === 'too_late_to_change') return null;
    throw error;
  });
}

const claim = (order: Order) =>
  claimReport(worker, { reportId: `${order.id}-blueprint`, orderId: order.id });

/** A correction whose write comes only then. */
function correctionThat(waits: Promise<unknown> | null) {
  const { orders } = shop.store;
  const store: Store = {
    ...shop.store,
    orders: {
      ...orders,
      async correct(...args) {
        await waits;
        return orders.correct(...args);
      },
    },
  };
  return createCorrectOrder({
    ...shop,
    store,
    places: NO_PLACES,
    resolveBirth,
    unprintable: () => [],
  });
}

test(`of a correction and a first claim, ${RACES} times, whoever comes second is refused or reads the other`, async () => {
  const seen = { corrected: 0, refused: 0 };
  for (let race = 0; race < RACES; race += 1) {
    const order = await paid(`ord_correct${race}`, -1);
    const birth = birthOn(2 + (race % 20));
    const claiming = after(race % 4, () => claim(order)) as ReturnType<typeof claim>;
    // every third one has looked in time, and writes too late
    const correct = correctionThat(race % 3 === 0 ? claiming : null);
    const [claimed, corrected] = await Promise.all([
      claiming,
      after(race % 3 === 0 ? 0 : Math.floor(race / 4) % 8, () => correct(order, birth)),
    ]);
    if (claimed.kind !== 'claimed') throw new Error('not claimed');
    const { date } = claimed.order.subject.birth;
    expect(date).toBe(corrected === null ? order.subject.birth.date : birth.date);
    expect((await shop.store.orders.find(order.id))?.subject.birth.date).toBe(date);
    seen[corrected === null ? 'refused' : 'corrected'] += 1;
  }
  expect(Math.min(seen.corrected, seen.refused)).toBeGreaterThan(0);
}, 60_000);

test(`of a start and a sweep, ${RACES} times, the report begins, and at the next sweep its job is no longer delayed`, async () => {
  const start = createStartOrder(shop);
  for (let race = 0; race < RACES; race += 1) {
    const order = await paid(`ord_start${race}`, GRACE_MS);
    const id = `${order.id}-blueprint`;
    if (race % 2 === 0) await jobs.remove(id); // Redis had lost it: both add one
    await Promise.all([
      after(race % 5, () => sweep(worker)),
      after(Math.floor(race / 5) % 5, () => start(order)),
    ]);
    expect((await shop.store.reports.find(id))?.notBefore).toBeNull();
    await sweep(worker);
    expect(await (await jobs.getJob(id))?.getState()).toBe('waiting');
    // out of the way of the next races
    await shop.store.reports.move(id, 0, 'cancelled', new Date());
    await shop.settleOrder(order.id);
  }
}, 60_000);

test(`of a cancellation and a first claim, ${RACES} times, the report is either cancelled or begun`, async () => {
  const stop = createStopUnbegun(shop);
  for (let race = 0; race < RACES; race += 1) {
    const order = await paid(`ord_cancel${race}`, -1);
    const [claimed, stopped] = await Promise.all([
      after(race % 4, () => claim(order)) as ReturnType<typeof claim>,
      after(Math.floor(race / 4) % 6, () => stop(order, BY_CUSTOMER)),
    ]);
    const begun = claimed.kind === 'claimed';
    expect(stopped).toBe(begun ? 0 : 1);
    const report = await shop.store.reports.find(`${order.id}-blueprint`);
    expect(report?.state).toBe(begun ? 'generating' : 'cancelled');
    const owed = await shop.store.refunds.ofOrder(order.id);
    expect(owed).toHaveLength(begun ? 0 : 1);
  }
}, 60_000);
