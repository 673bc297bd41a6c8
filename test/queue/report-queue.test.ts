import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { QueuedReport } from '../../src/domain/ports/work.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const log = pino({ level: 'silent' });
const timings = scaledTimings(1);
const REPORT: QueuedReport = {
  reportId: 'ord_1-blueprint',
  orderId: 'ord_1',
  queue: 'blueprint',
  delayMs: 0,
};

let redis: RedisServer;
let connection: Redis;
let queue: ReturnType<typeof createReportQueue>;
let jobs: Queue;

beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  queue = createReportQueue({ redisUrl: redis.url, timings, log });
  jobs = new Queue('blueprint', { connection });
});
beforeEach(() => redis.flush());
afterAll(async () => {
  await queue.close();
  await jobs.close();
  connection.disconnect();
  await redis.close();
});

async function stateOf(reportId: string): Promise<string | undefined> {
  return (await jobs.getJob(reportId))?.getState();
}

/** Takes the job like a worker, and lets `end` decide its state. */
async function taken(end: (worker: Worker, token: string) => Promise<unknown>): Promise<void> {
  const worker = new Worker('blueprint', null, { connection });
  await end(worker, 'token');
  await worker.close();
}

describe('ensure', () => {
  test('adds a missing job, with nothing but ids in it', async () => {
    expect(await queue.ensure(REPORT)).toBe('added');
    expect(await stateOf(REPORT.reportId)).toBe('waiting');
    const job = await jobs.getJob(REPORT.reportId);
    expect(job?.data).toEqual({ reportId: REPORT.reportId, orderId: REPORT.orderId });
  });

  test('adds a job with the delay of its report', async () => {
    expect(await queue.ensure({ ...REPORT, delayMs: 60_000 })).toBe('added');
    expect(await stateOf(REPORT.reportId)).toBe('delayed');
  });

  test('leaves a waiting job alone', async () => {
    await queue.add('ord_1', [REPORT], false);
    expect(await queue.ensure(REPORT)).toBe('present');
    expect(await jobs.getJobCountByTypes('waiting')).toBe(1);
  });

  test('leaves an active job alone', async () => {
    await queue.add('ord_1', [REPORT], false);
    await taken(async (worker, token) => {
      await worker.getNextJob(token);
      expect(await queue.ensure(REPORT)).toBe('present');
      expect(await stateOf(REPORT.reportId)).toBe('active');
    });
  });

  test('replaces a completed job', async () => {
    await queue.add('ord_1', [REPORT], false);
    await taken(async (worker, token) => {
      const job = await worker.getNextJob(token);
      await job?.moveToCompleted(null, token, false);
    });
    expect(await stateOf(REPORT.reportId)).toBe('completed');
    expect(await queue.ensure(REPORT)).toBe('replaced');
    expect(await stateOf(REPORT.reportId)).toBe('waiting');
  });

  test('replaces a failed job', async () => {
    await queue.add('ord_1', [REPORT], false);
    await taken(async (worker, token) => {
      const job = await worker.getNextJob(token);
      await job?.moveToFailed(new Error('dead'), token, false);
    });
    expect(await stateOf(REPORT.reportId)).toBe('failed');
    expect(await queue.ensure(REPORT)).toBe('replaced');
    expect(await stateOf(REPORT.reportId)).toBe('waiting');
  });

  test('replaces a job that is no longer in any list', async () => {
    await queue.add('ord_1', [REPORT], false);
    await connection.del(jobs.toKey('wait'));
    expect(await stateOf(REPORT.reportId)).toBe('unknown');
    expect(await queue.ensure(REPORT)).toBe('replaced');
    expect(await stateOf(REPORT.reportId)).toBe('waiting');
  });

  test('brings forward a job that would wait too long', async () => {
    await queue.add('ord_1', [{ ...REPORT, delayMs: 60_000 }], false);
    expect(await queue.ensure(REPORT)).toBe('promoted');
    expect(await stateOf(REPORT.reportId)).toBe('waiting');
  });

  test('shortens the wait of a job', async () => {
    await queue.add('ord_1', [{ ...REPORT, delayMs: 60_000 }], false);
    expect(await queue.ensure({ ...REPORT, delayMs: 30_000 })).toBe('promoted');
    expect(await stateOf(REPORT.reportId)).toBe('delayed');
    expect(await queue.ensure({ ...REPORT, delayMs: 30_000 })).toBe('present');
  });

  test('leaves a job alone that waits as long as it should', async () => {
    await queue.add('ord_1', [{ ...REPORT, delayMs: 60_000 }], false);
    expect(await queue.ensure({ ...REPORT, delayMs: 60_000 })).toBe('present');
  });

  test('adds one job to an emptied Redis, however often it is called', async () => {
    await queue.add('ord_1', [REPORT], false);
    await redis.flush();
    const done = await Promise.all([1, 2, 3, 4, 5].map(() => queue.ensure(REPORT)));
    expect(done).toContain('added');
    expect(await jobs.getJobCountByTypes('waiting')).toBe(1);
  });
});

describe('add', () => {
  test('twice for one order makes one set of jobs', async () => {
    const second: QueuedReport = {
      ...REPORT,
      reportId: 'ord_1-life-clarity',
      queue: 'life-clarity',
    };
    await queue.add('ord_1', [REPORT, second], true);
    await queue.add('ord_1', [REPORT, second], true);
    expect(await jobs.getJobCountByTypes('waiting')).toBe(1);
    const parents = new Queue('bundle', { connection });
    expect((await parents.getJob('ord_1-bundle'))?.data).toEqual({ orderId: 'ord_1' });
    expect(await parents.getJobCountByTypes('waiting-children')).toBe(1);
    await parents.close();
  });
});

describe('while Redis is away', () => {
  test('adding fails within the answer time, and works again when it is back', async () => {
    const own = await startRedis();
    const producer = createReportQueue({
      redisUrl: own.url,
      timings: { ...timings, redisReconnect: 50 },
      log,
    });
    await producer.ping();
    await own.kill();
    const startedAt = Date.now();
    await expect(producer.add('ord_1', [REPORT], false)).rejects.toMatchObject({
      code: 'redis_unavailable',
    });
    await expect(producer.add('ord_1', [REPORT], true)).rejects.toMatchObject({
      code: 'redis_unavailable',
    });
    await expect(producer.ensure(REPORT)).rejects.toMatchObject({ code: 'redis_unavailable' });
    await expect(producer.ping()).rejects.toMatchObject({ code: 'redis_unavailable' });
    expect(Date.now() - startedAt).toBeLessThan(timings.redisAnswer);
    await own.start();
    await expect.poll(() => producer.ensure(REPORT).catch(() => 'away')).toBe('added');
    await producer.close();
    await own.close();
  });

  test('a producer that started without Redis works once Redis is back', async () => {
    const own = await startRedis();
    await own.kill();
    const producer = createReportQueue({
      redisUrl: own.url,
      timings: { ...timings, redisReconnect: 50 },
      log,
    });
    const bundle = { ...REPORT, reportId: 'ord_2-blueprint', orderId: 'ord_2' };
    await expect(producer.ensure(REPORT)).rejects.toMatchObject({ code: 'redis_unavailable' });
    await expect(producer.add('ord_2', [bundle], true)).rejects.toMatchObject({
      code: 'redis_unavailable',
    });
    await own.start();
    try {
      await expect.poll(() => producer.ensure(REPORT).catch(() => 'away')).toBe('added');
      await producer.add('ord_2', [bundle], true);
      expect(await producer.ensure(bundle)).toBe('present');
    } finally {
      await producer.close();
      await own.close();
    }
  });

  test('a producer that never reached Redis fails, and still closes', async () => {
    const producer = createReportQueue({ redisUrl: 'redis://127.0.0.1:1', timings, log });
    await expect(producer.add('ord_1', [REPORT], false)).rejects.toMatchObject({
      code: 'redis_unavailable',
    });
    await producer.close();
  });
});
