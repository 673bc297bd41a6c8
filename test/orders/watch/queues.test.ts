import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReportQueue } from '../../../src/domain/ports/work.ts';
import { QUEUES } from '../../../src/domain/product.ts';
import { createReportQueue } from '../../../src/queue/report-queue.ts';
import { type RedisServer, startRedis } from '../../queue/redis-server.ts';
import { log, MINUTE, openWatching, timings, type Watching } from './watching.ts';

let redis: RedisServer;
let connection: Redis;
let queue: ReportQueue;
let board: Queue;
let workers: Worker[];
let watching: Watching;

beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  queue = createReportQueue({
    redisUrl: redis.url,
    timings: { ...timings, redisAnswer: 1_000 },
    log,
  });
  board = new Queue('blueprint', { connection });
  workers = QUEUES.map((name) => new Worker(name, async () => {}, { connection }));
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
});
beforeEach(async () => {
  watching = await openWatching(queue);
});
afterEach(() => watching.close());
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await board.close();
  await queue.close();
  connection.disconnect();
  await redis.close();
});

test('a queue that is paused in Bull Board is told after two minutes, and its end, and again when it is paused again', async () => {
  await board.pause();
  await watching.look();
  await watching.lookFor(MINUTE);
  expect(await watching.told()).toEqual([]);
  await watching.lookFor(MINUTE);
  expect(await watching.told()).toEqual(['a queue is paused or limited: blueprint']);
  await board.resume();
  await watching.look();
  await board.pause();
  await watching.look();
  await watching.lookFor(2 * MINUTE);
  expect(await watching.told()).toEqual([
    'a queue is paused or limited: blueprint',
    'over: a queue is paused or limited: blueprint',
    'a queue is paused or limited: blueprint',
  ]);
  await board.resume();
});

test('a pause of a moment is not told', async () => {
  await board.pause();
  await watching.look();
  await watching.lookFor(MINUTE);
  await board.resume();
  await watching.lookFor(5 * MINUTE);
  expect(await watching.told()).toEqual([]);
});

test('a queue without a worker is told after two minutes, but not where no worker lives at all', async () => {
  await workers[0]?.close();
  await watching.look();
  await watching.lookFor(2 * MINUTE);
  expect(await watching.told()).toEqual([`no worker serves a queue: ${QUEUES[0]}`]);
  await Promise.all(workers.map((worker) => worker.close()));
  watching.pass(10 * MINUTE); // no more signs of life
  for (let look = 0; look < 5; look += 1) {
    watching.pass(MINUTE);
    await watching.watch();
  }
  expect(await watching.told()).toHaveLength(1);
});

test('a Redis that does not answer is told after two minutes, and says nothing of single queues', async () => {
  await redis.kill();
  await watching.look();
  await watching.lookFor(2 * MINUTE);
  expect(await watching.told()).toEqual(['Redis does not answer']);
  await redis.start();
  await expect
    .poll(() =>
      queue.health().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await watching.look();
  expect(await watching.told()).toEqual(['Redis does not answer', 'over: Redis does not answer']);
});
