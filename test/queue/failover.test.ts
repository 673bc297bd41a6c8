import type { Queue } from 'bullmq';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import type { QueuedReport } from '../../src/domain/ports/work.ts';
import { createSharedLimits } from '../../src/llm/limits/shared-limits.ts';
import { createBoardQueues } from '../../src/queue/board.ts';
import { connectCounter } from '../../src/queue/connection.ts';
import { type Consumer, consume } from '../../src/queue/consume.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createSignals } from '../../src/queue/signals.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { eventually } from '../eventually.ts';
import { type RedisPair, startRedisPair } from './redis-pair.ts';

const timings = { ...scaledTimings(1), redisReconnect: 50, handOver: 500, countAnswer: 2_000 };
const REPORT: QueuedReport = {
  reportId: 'ord_1-blueprint',
  orderId: 'ord_1',
  queue: 'blueprint',
  delayMs: 0,
};
const SECOND: QueuedReport = { ...REPORT, reportId: 'ord_1-life-clarity', queue: 'life-clarity' };

let pair: RedisPair;
let lines: { level: string; msg: string }[];
let options: Parameters<typeof createReportQueue>[0];
beforeEach(async () => {
  pair = await startRedisPair();
  lines = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const log = createLog({ level: 'info', pretty: false, process: 'test' }, { write });
  options = { redisUrl: pair.url, timings, log };
});
afterEach(() => pair.close());

function consumer(carryOut: () => Promise<Outcome>): Consumer {
  const made = consume({ ...options, queue: 'blueprint', concurrency: 1, carryOut });
  onTestFinished(() => made.close());
  return made;
}

function producer() {
  const queue = createReportQueue(options);
  onTestFinished(() => queue.close());
  return queue;
}

const told = (level: 'info' | 'warn') =>
  lines.filter((line) => line.level === level).map(({ msg }) => msg);

describe('after a failover that leaves old connections with a read replica', () => {
  test('an idle worker takes the next job, and the log tells of one outage and its end', async () => {
    const ran = Promise.withResolvers<void>();
    await consumer(async () => {
      ran.resolve();
      return { kind: 'done' };
    }).ready();
    await pair.failOver();
    const adding = createReportQueue(options); // a new connection: to the new primary
    onTestFinished(() => adding.close());
    await adding.ensure(REPORT);
    await ran.promise;
    await eventually(() => expect(told('info')).toContain('Redis is back'));
    expect(told('warn')).toEqual(['Redis is away, or refuses what it is asked']);
  });

  test('a job that was running is completed, once, and its lock is kept', async () => {
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<Outcome>()];
    let runs = 0;
    await consumer(() => {
      runs += 1;
      begun.resolve();
      return end.promise;
    }).ready();
    const queue = producer();
    await queue.add('ord_1', [REPORT], false);
    await begun.promise;
    await pair.promote();
    end.resolve({ kind: 'done' });
    pair.repoint();
    const [blueprint] = board().queues.filter(({ name }) => name === 'blueprint');
    await eventually(async () =>
      expect(await (await blueprint?.getJob(REPORT.reportId))?.getState()).toBe('completed'),
    );
    expect(runs).toBe(1);
  });

  test('a producer adds jobs again, a bundle with its parent too', async () => {
    const queue = producer();
    await queue.ping();
    await pair.promote();
    for (const ask of [queue.ping, () => queue.add('ord_1', [REPORT, SECOND], true)]) {
      await expect(ask()).rejects.toMatchObject({ code: 'redis_unavailable' });
    }
    pair.repoint();
    await eventually(() => queue.add('ord_1', [REPORT, SECOND], true));
    const parents = board().queues.find(({ name }) => name === 'bundle');
    expect(await parents?.getJobCountByTypes('waiting-children')).toBe(1);
  });

  test('the counter of requests counts again', async () => {
    const counter = connectCounter(options);
    onTestFinished(() => counter.disconnect());
    await eventually(() => counter.incr('count'));
    await pair.failOver();
    await expect(counter.incr('count')).rejects.toThrow('READONLY');
    await eventually(async () => expect(await counter.incr('count')).toBeGreaterThan(1));
  });

  test('the limits of the model are shared again', async () => {
    const limits = createSharedLimits({
      ...options,
      limits: { requestsPerMinute: 600, tokensPerMinute: null, inFlight: null },
    });
    onTestFinished(() => limits.close());
    const ask = async () => {
      const wish = { reportId: 'rep_1', tokens: 10, leaseMs: 60_000 };
      const { end } = await limits.admit({ ...wish, signal: new AbortController().signal });
      end(10);
    };
    await ask();
    await pair.failOver();
    const there = connectCounter(options);
    onTestFinished(() => there.disconnect());
    await eventually(() => there.flushall());
    await eventually(async () => {
      await ask();
      expect(await there.exists('{almanac:limits}:processes')).toBe(1);
    });
  });

  test('a wake reaches listeners that connected to the new primary', async () => {
    const waking = createSignals(options);
    waking.wake('ord_1'); // connects to the old one
    const before = createSignals(options);
    let heardBefore = 0;
    before.listen('ord_1', () => {
      heardBefore += 1;
    });
    await eventually(() => {
      waking.wake('ord_1');
      expect(heardBefore).toBeGreaterThan(0);
    });
    await pair.failOver();
    const listening = createSignals(options);
    onTestFinished(() =>
      Promise.all([waking, before, listening].map((each) => each.close())).then(),
    );
    let heard = 0;
    listening.listen('ord_1', () => {
      heard += 1;
    });
    await eventually(() => {
      waking.wake('ord_1');
      expect(heard).toBeGreaterThan(0);
    });
  });

  test("Bull Board's buttons work again", async () => {
    const [queue] = board().queues;
    await eventually(() => queue?.pause());
    await pair.failOver();
    await expect(queue?.resume()).rejects.toThrow('READONLY');
    await eventually(() => queue?.resume());
    expect(await queue?.isPaused()).toBe(false);
  });
});

function board(): { queues: Queue[] } {
  const opened = createBoardQueues(options);
  onTestFinished(() => opened.close());
  return opened;
}
