import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dueEmail, LETTER_KINDS } from '../../src/domain/email.ts';
import { scaledTimings, type Timings } from '../../src/domain/patience.ts';
import type { ReportQueue } from '../../src/domain/ports/work.ts';
import { createCommitPaidOrder } from '../../src/orders/commit-paid-order.ts';
import { startChores } from '../../src/orders/start-chores.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { type SweeperDeps, sweep } from '../../workers/sweeper.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { noSignals } from './nobody.ts';
import { catalogueOf, openSample, sampleDefinition, sampleOrder, sampleReport } from './sample.ts';

const log = pino({ level: 'silent' });
const timings = scaledTimings(1);

let redis: RedisServer;
let queue: ReportQueue;
let connection: Redis;
let jobs: Queue;
let sample: Awaited<ReturnType<typeof openSample>>;
let settled: string[];
let sent: string[];

beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  queue = createReportQueue({ redisUrl: redis.url, timings, log });
  jobs = new Queue('blueprint', { connection });
});
beforeEach(async () => {
  sample = await openSample();
  settled = [];
  sent = [];
  await redis.flush();
});
afterEach(() => sample.close());
afterAll(async () => {
  await queue.close();
  await jobs.close();
  connection.disconnect();
  await redis.close();
});

function deps(change: Partial<SweeperDeps> = {}): SweeperDeps & { timings: Timings } {
  const base = { store: sample.store, timings, log, clock: () => new Date() };
  const catalogue = catalogueOf(
    sampleDefinition(),
    sampleDefinition({ id: 'life-clarity', queue: 'life-clarity' }),
  );
  return {
    ...base,
    catalogue,
    queue,
    commitPaidOrder: createCommitPaidOrder({
      ...base,
      catalogue,
      queue,
      signals: noSignals,
    }),
    settleOrder: async (orderId) => void settled.push(orderId),
    sendEmail: async (key) => void sent.push(key),
    ...change,
    timings,
  };
}

const stateOf = async (id: string) => (await jobs.getJob(id))?.getState();

test('a paid order without reports gets them, with their jobs', async () => {
  await sample.store.orders.insert(sampleOrder('ord_1', ['blueprint', 'life-clarity']));
  await sweep(deps());
  const reports = await sample.store.reports.ofOrder('ord_1');
  expect(reports.map((report) => report.id).sort()).toEqual([
    'ord_1-blueprint',
    'ord_1-life-clarity',
  ]);
  expect(await stateOf('ord_1-blueprint')).toBe('waiting');
});

test('an order that was never paid gets nothing', async () => {
  await sample.store.orders.insert({ ...sampleOrder('ord_1'), state: 'awaiting_payment' });
  await sweep(deps());
  expect(await sample.store.reports.ofOrder('ord_1')).toEqual([]);
  expect(await jobs.getJobCounts()).toMatchObject({ waiting: 0, delayed: 0 });
});

describe('jobs', () => {
  test('an emptied Redis gets a job for every open report, and for no other', async () => {
    const open = ['waiting', 'generating', 'rendering', 'delivering'] as const;
    const closed = ['held', 'delivered', 'failed', 'cancelled'] as const;
    for (const state of [...open, ...closed]) {
      await sample.store.orders.insert(sampleOrder(`ord_${state}`));
      await sample.store.reports.upsert([sampleReport(`ord_${state}`, { state })]);
    }
    await sweep(deps());
    for (const state of open) expect(await stateOf(`ord_${state}-blueprint`)).toBe('waiting');
    for (const state of closed) expect(await stateOf(`ord_${state}-blueprint`)).toBeUndefined();
  });

  test("a snoozed report gets a job with the report's delay", async () => {
    await sample.store.orders.insert(sampleOrder('ord_1'));
    const notBefore = new Date(Date.now() + 60_000).toISOString();
    await sample.store.reports.upsert([sampleReport('ord_1', { notBefore })]);
    await sweep(deps());
    expect(await stateOf('ord_1-blueprint')).toBe('delayed');
  });

  test('all reports get a job, even if there are more than a page holds', async () => {
    for (let index = 0; index < 230; index += 1) {
      await sample.store.reports.upsert([sampleReport(`ord_${index}`)]);
    }
    await sweep(deps());
    expect(await jobs.getJobCountByTypes('waiting')).toBe(230);
  });

  test('everything else is still done while Redis is away', async () => {
    await sample.store.orders.insert(sampleOrder('ord_1'));
    const deadline = new Date(Date.now() - 1).toISOString();
    await sample.store.reports.upsert([
      sampleReport('ord_0'),
      sampleReport('ord_1', { deadline }),
      sampleReport('ord_2'),
    ]);
    let asked = 0;
    const ensure = async () => {
      asked += 1;
      throw new Error('away');
    };
    await sweep(deps({ queue: { ensure } }));
    expect(asked).toBe(1);
    expect((await sample.store.reports.find('ord_1-blueprint'))?.state).toBe('failed');
  });
});

test('a report that waits past its deadline fails, and its order settles', async () => {
  await sample.store.orders.insert(sampleOrder('ord_1'));
  const deadline = new Date(Date.now() - 1).toISOString();
  await sample.store.reports.upsert([sampleReport('ord_1', { deadline, fence: 3 })]);
  await sweep(deps());
  expect(await sample.store.reports.find('ord_1-blueprint')).toMatchObject({
    state: 'failed',
    reason: 'provider',
    settledAt: expect.any(String),
  });
  expect(settled).toEqual(['ord_1']);
});

test('a held report fails if nobody releases it in time, and not before', async () => {
  const since = (ms: number) => new Date(Date.now() - ms).toISOString();
  await sample.store.reports.upsert([
    sampleReport('ord_1', { state: 'held', heldAt: since(timings.heldMost + 1_000) }),
    sampleReport('ord_2', { state: 'held', heldAt: since(timings.heldMost - 60_000) }),
  ]);
  await sweep(deps());
  expect(await sample.store.reports.find('ord_1-blueprint')).toMatchObject({
    state: 'failed',
    reason: 'held',
    heldAt: null,
  });
  expect((await sample.store.reports.find('ord_2-blueprint'))?.state).toBe('held');
  expect(settled).toEqual(['ord_1']);
});

test('an operator is alerted to held reports once per cause, and not to those held by hand', async () => {
  const heldAt = new Date().toISOString();
  const held = { state: 'held', heldAt } as const;
  await sample.store.reports.upsert([
    sampleReport('ord_1', { ...held, reason: 'invalid_key' }),
    sampleReport('ord_2', { ...held, reason: 'invalid_key' }),
    sampleReport('ord_3', { ...held, reason: 'crash_loop' }),
    sampleReport('ord_4', { ...held, reason: 'operator' }),
  ]);
  await sweep(deps());
  await sweep(deps());
  expect([...new Set(sent)].sort()).toEqual([
    'alert-held-crash_loop-ord_3-blueprint-1',
    'alert-held-invalid_key-1',
  ]);
});

test('a process that knows no operator leaves alerts to others, and they keep no letter waiting', async () => {
  const at = new Date(Date.now() - 60_000);
  for (let index = 0; index < 60; index += 1) {
    const alert = { key: `alert-${index}`, kind: 'alert', orderId: '', note: 'x' } as const;
    await sample.store.emails.insert(dueEmail(alert, at));
  }
  const letter = { key: 'ready-ord_1', kind: 'ready', orderId: 'ord_1' } as const;
  await sample.store.emails.insert(dueEmail(letter, new Date()));
  await sweep(deps({ sends: LETTER_KINDS }));
  expect(sent).toEqual(['ready-ord_1']);
});

test('a reopened order is settled again, and a settled one is left alone', async () => {
  const failed = { ...sampleOrder('ord_1'), state: 'failed' as const, settledAt: null };
  await sample.store.orders.insert(failed);
  await sample.store.orders.insert({ ...failed, id: 'ord_2', settledAt: failed.createdAt });
  await sample.store.reports.upsert([sampleReport('ord_1', { state: 'delivered' })]);
  await sweep(deps());
  expect(settled).toEqual(['ord_1']);
});

test('a report that is being written past its deadline continues', async () => {
  await sample.store.orders.insert(sampleOrder('ord_1'));
  const deadline = new Date(Date.now() - 1).toISOString();
  await sample.store.reports.upsert([sampleReport('ord_1', { deadline, state: 'generating' })]);
  await sweep(deps());
  expect((await sample.store.reports.find('ord_1-blueprint'))?.state).toBe('generating');
});

test('an order whose reports have all settled is settled', async () => {
  await sample.store.orders.insert(sampleOrder('ord_1', ['blueprint', 'life-clarity']));
  await sample.store.orders.insert(sampleOrder('ord_2'));
  await sample.store.reports.upsert([
    sampleReport('ord_1', { state: 'delivered' }),
    sampleReport('ord_1', { productId: 'life-clarity', state: 'failed' }),
    sampleReport('ord_2'),
  ]);
  await sweep(deps());
  expect(settled).toEqual(['ord_1']);
});

test('e-mails that are due, or whose sending was cut short, are sent', async () => {
  const row = dueEmail({ key: 'ready-ord_1', kind: 'ready', orderId: 'ord_1' }, new Date());
  const since = (ms: number) => new Date(Date.now() - ms).toISOString();
  const { emails } = sample.store;
  await emails.insert(row);
  const sending = { ...row, state: 'sending' as const, tries: 1 };
  await emails.insert({
    ...sending,
    key: 'ready-ord_2',
    sendingSince: since(timings.emailUnknown + 1_000),
  });
  await emails.insert({ ...sending, key: 'ready-ord_3', sendingSince: since(1_000) });
  await emails.insert({ ...row, key: 'ready-ord_4', state: 'sent' });
  await sweep(deps());
  expect(sent.sort()).toEqual(['ready-ord_1', 'ready-ord_2']);
});

test('a mail provider that does not answer delays a sweep by no more than its turn', async () => {
  for (const id of ['ord_1', 'ord_2', 'ord_3', 'ord_4']) {
    const row = { key: `ready-${id}`, kind: 'ready', orderId: id } as const;
    await sample.store.emails.insert(dueEmail(row, new Date()));
  }
  let now = Date.now();
  const sendEmail = async (key: string) => {
    sent.push(key);
    now += timings.mailCall;
  };
  await sweep(deps({ sendEmail, clock: () => new Date(now) }));
  expect(sent).toHaveLength(1);
});

test('one order that cannot be settled does not stop the others from being settled', async () => {
  for (const id of ['ord_1', 'ord_2', 'ord_3']) {
    await sample.store.orders.insert(sampleOrder(id));
    await sample.store.reports.upsert([sampleReport(id, { state: 'delivered' })]);
  }
  const settleOrder = async (orderId: string) => {
    settled.push(orderId);
    if (orderId === 'ord_1') throw new Error('broken');
  };
  await sweep(deps({ settleOrder }));
  expect(settled.sort()).toEqual(['ord_1', 'ord_2', 'ord_3']);
});

test('one of several sweepers sweeps, and another takes over when it has closed', async () => {
  await sample.store.orders.insert(sampleOrder('ord_1'));
  await sample.store.reports.upsert([sampleReport('ord_1', { state: 'delivered' })]);
  const swept: string[] = [];
  const sweepers = new Map(
    ['one', 'two', 'three'].map((name) => {
      const sweeping = deps({ settleOrder: async () => void swept.push(name) });
      const turn = (stop: AbortSignal) => sweep(sweeping, stop);
      const chore = { name: 'sweep', everyMs: 5, lease: 'keep', turn } as const;
      return [name, startChores([chore], sweeping)] as const;
    }),
  );
  await expect.poll(() => swept.length, { interval: 5 }).toBeGreaterThan(5);
  const [first = ''] = swept;
  expect(new Set(swept)).toEqual(new Set([first]));
  await sweepers.get(first)?.close();
  const others = () => swept.filter((holder) => holder !== first);
  await expect.poll(() => others().length, { interval: 5 }).toBeGreaterThan(5);
  expect(new Set(others()).size).toBe(1);
  await Promise.all([...sweepers.values()].map((sweeper) => sweeper.close()));
});

test('writes that were cut off a minute ago are finished, and later ones are left alone', async () => {
  const before: Date[] = [];
  const finish = async (time: Date) => before.push(time);
  const now = new Date('2026-03-01T12:00:00.000Z');
  await sweep(deps({ store: { ...sample.store, finish }, clock: () => now }));
  expect(before).toEqual([new Date(now.getTime() - timings.cutOff)]);
});
