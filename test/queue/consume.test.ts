import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pino from 'pino';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import { type ConsumeOptions, type Consumer, consume } from '../../src/queue/consume.ts';
import { LETTERS_JOB, SETTLE_JOB } from '../../src/queue/job.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { eventually } from '../eventually.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const log = pino({ level: 'silent' });
const timings = { ...scaledTimings(20), handOver: 500 };
const REPORT = {
  reportId: 'ord_1-blueprint',
  orderId: 'ord_1',
  queue: 'blueprint',
  delayMs: 0,
} as const;

let redis: RedisServer;
let queue: ReturnType<typeof createReportQueue>;
let jobs: Queue;
const consumers: Consumer[] = [];

beforeAll(async () => {
  redis = await startRedis();
  // the test's own commands may be slow on busy cores
  queue = createReportQueue({ redisUrl: redis.url, timings: scaledTimings(1), log });
  const [host, port] = new URL(redis.url).host.split(':');
  jobs = new Queue('blueprint', { connection: { host, port: Number(port) } });
});
beforeEach(() => redis.flush());
afterEach(() => Promise.all(consumers.splice(0).map((each) => each.close())));
afterAll(async () => {
  await queue.close();
  await jobs.close();
  await redis.close();
});

async function consumer(
  carryOut: ConsumeOptions['carryOut'],
  more: Partial<ConsumeOptions> = {},
): Promise<Consumer> {
  const options = {
    redisUrl: redis.url,
    queue: 'blueprint',
    concurrency: 2,
    timings,
    log,
  } as const;
  const made = consume({ ...options, carryOut, ...more });
  consumers.push(made);
  await made.ready();
  return made;
}

async function stateBecomes(wanted: string): Promise<void> {
  await expect
    .poll(async () => (await jobs.getJob(REPORT.reportId))?.getState(), { interval: 10 })
    .toBe(wanted);
}

describe('outcomes', () => {
  const table: [Outcome, string][] = [
    [{ kind: 'done' }, 'completed'],
    [{ kind: 'drop', reason: 'unpaid' }, 'completed'],
    [{ kind: 'hold', reason: 'invalid_key' }, 'completed'],
    [{ kind: 'cancel' }, 'completed'],
    [{ kind: 'retry', delayMs: 60_000, reason: 'content' }, 'delayed'],
    [{ kind: 'snooze', delayMs: 60_000, reason: 'rate_limited' }, 'delayed'],
    [{ kind: 'fail', reason: 'attempts' }, 'failed'],
  ];
  test.each(table)('%o leaves the job %s', async (outcome, state) => {
    await consumer(async () => outcome);
    await queue.add('ord_1', [REPORT], false);
    await stateBecomes(state);
  });

  test('a job that is given back without delay is carried out again, as often as needed', async () => {
    let turns = 0;
    await consumer(async () => {
      turns += 1;
      return turns < 10 ? { kind: 'snooze', delayMs: 0, reason: 'closing' } : { kind: 'done' };
    });
    await queue.add('ord_1', [REPORT], false);
    await stateBecomes('completed');
    expect(turns).toBe(10);
  });

  test('a job without valid ids fails, and the handler never sees it', async () => {
    let turns = 0;
    await consumer(async () => {
      turns += 1;
      return { kind: 'done' };
    });
    await jobs.add(
      'carry-out-report',
      { reportId: '../etc', orderId: 5 },
      { jobId: REPORT.reportId },
    );
    await stateBecomes('failed');
    expect(turns).toBe(0);
  });
});

describe('closing', () => {
  test('hands a running job to another worker at once, without a failed attempt', async () => {
    const started = Promise.withResolvers<void>();
    const first = await consumer(
      async (_job, signal) => {
        started.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { kind: 'snooze', delayMs: 0, reason: signal.reason.code };
      },
      // a lock that outlasts the test
      { timings: { ...timings, lock: 60_000 } },
    );
    await queue.add('ord_1', [REPORT], false);
    await started.promise;
    const resumed = Promise.withResolvers<void>();
    await consumer(async () => {
      resumed.resolve();
      return { kind: 'done' };
    });
    await first.close();
    await resumed.promise;
    await stateBecomes('completed');
    expect((await jobs.getJob(REPORT.reportId))?.attemptsMade).toBe(1);
  });

  test('gives a job away even if its handler does not let go', async () => {
    const started = Promise.withResolvers<void>();
    const first = await consumer(() => {
      started.resolve();
      return new Promise(() => {});
    });
    await queue.add('ord_1', [REPORT], false);
    await started.promise;
    const resumed = Promise.withResolvers<void>();
    await consumer(async () => {
      resumed.resolve();
      return { kind: 'done' };
    });
    await first.close();
    await resumed.promise;
    await stateBecomes('completed');
  });

  test('takes no more jobs', async () => {
    const first = await consumer(async () => ({ kind: 'done' }));
    await first.close();
    await queue.add('ord_1', [REPORT], false);
    await stateBecomes('waiting');
  });
});

test('a lost lock stops the run', async () => {
  const stopped = Promise.withResolvers<unknown>();
  const started = Promise.withResolvers<void>();
  await consumer(async (_job, signal) => {
    if (!signal.aborted) started.resolve();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    stopped.resolve(signal.reason);
    return { kind: 'snooze', delayMs: 0, reason: 'lock_lost' };
  });
  await queue.add('ord_1', [REPORT], false);
  await started.promise;
  await redis.flush();
  expect(await stopped.promise).toMatchObject({ code: 'lock_lost' });
});

test('a fault of the queue itself is a warning, once however often it comes back, and its end is told', async () => {
  const told: { level: string; msg: string }[] = [];
  const faulty = createLog(
    { level: 'debug', pretty: false, process: 'test' },
    { write: (line) => told.push(JSON.parse(line)) },
  );
  const at = (wanted: string) => told.filter(({ level }) => level === wanted).map(({ msg }) => msg);
  const ran = Promise.withResolvers<void>();
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  await client.set(jobs.toKey('wait'), 'no list'); // every look for a job fails
  await consumer(
    async () => {
      ran.resolve();
      return { kind: 'done' };
    },
    { log: faulty },
  );
  await eventually(() => expect(at('debug').length).toBeGreaterThan(5));
  expect(at('warn')).toHaveLength(1);
  await client.del(jobs.toKey('wait'));
  await queue.add('ord_1', [REPORT], false);
  await ran.promise;
  await eventually(() => expect(at('info')).toContain('Redis is back'));
  expect(at('warn')).toHaveLength(1);
});

test('a bundle settles after its reports have ended, even if one failed', async () => {
  const ended: string[] = [];
  const settled = Promise.withResolvers<string[]>();
  await consumer(async () => ({ kind: 'done' }), {
    queue: 'bundle',
    nudges: { [SETTLE_JOB]: async (orderId) => settled.resolve([...ended, orderId]) },
  });
  for (const name of ['blueprint', 'life-clarity'] as const) {
    await consumer(
      async (job) => {
        ended.push(job.reportId);
        return name === 'blueprint' ? { kind: 'fail', reason: 'attempts' } : { kind: 'done' };
      },
      { queue: name },
    );
  }
  const second = { ...REPORT, reportId: 'ord_1-life-clarity', queue: 'life-clarity' } as const;
  await queue.add('ord_1', [REPORT, second], true);
  expect((await settled.promise).sort()).toEqual(['ord_1', 'ord_1-blueprint', second.reportId]);
});

test("each time an order is added, its letters' job runs", async () => {
  const prompted: string[] = [];
  const twice = Promise.withResolvers<void>();
  await consumer(async () => ({ kind: 'done' }), {
    queue: 'bundle',
    nudges: {
      [LETTERS_JOB]: async (orderId) => {
        if (prompted.push(orderId) === 2) twice.resolve();
      },
    },
  });
  await queue.add('ord_1', [REPORT], false);
  await eventually(() => expect(prompted).toEqual(['ord_1']));
  await queue.add('ord_1', [REPORT], false);
  await twice.promise;
  expect(prompted).toEqual(['ord_1', 'ord_1']);
});
