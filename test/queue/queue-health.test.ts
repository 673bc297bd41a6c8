import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { scaledTimings } from '../../src/domain/patience.ts';
import { consume } from '../../src/queue/consume.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { eventually } from '../eventually.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const log = pino({ level: 'silent' });
const timings = { ...scaledTimings(1), handOver: 500 };
const IDLE = { paused: false, workers: 0 };

let redis: RedisServer;
let connection: Redis;
let board: Queue;
let queue: ReturnType<typeof createReportQueue>;
beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  connection.on('error', () => {});
  board = new Queue('blueprint', { connection });
  board.on('error', () => {}); // one test ends Redis
  queue = createReportQueue({ redisUrl: redis.url, timings, log });
});
beforeEach(() => redis.flush());
afterAll(async () => {
  await queue.close();
  connection.disconnect();
  await redis.close();
});

test.each([
  ['paused', () => board.pause(), () => board.resume()],
  [
    'limited to some jobs at once',
    () => board.setGlobalConcurrency(1),
    () => board.removeGlobalConcurrency(),
  ],
  [
    'limited to some jobs a minute',
    () => board.setGlobalRateLimit(1, 60_000),
    () => board.removeGlobalRateLimit(),
  ],
])(
  'a queue that an operator has %s is known as such until it is undone, and no other is',
  async (_how, halt, undo) => {
    await halt();
    const blueprint = { paused: true, workers: 0 };
    expect(await queue.health()).toEqual({
      'life-clarity': IDLE,
      blueprint,
      'personal-horoscope': IDLE,
      bundle: IDLE,
    });
    await undo();
    expect((await queue.health()).blueprint).toEqual(IDLE);
  },
);

test('the workers of a queue are counted, and those that have gone are not', async () => {
  const options = {
    redisUrl: redis.url,
    queue: 'blueprint',
    concurrency: 1,
    timings,
    log,
  } as const;
  const workers = [1, 2].map(() =>
    consume({ ...options, carryOut: async () => ({ kind: 'done' }) }),
  );
  const counted = async () => (await queue.health()).blueprint.workers;
  await eventually(async () => expect(await counted()).toBe(2));
  await workers[0]?.close();
  await eventually(async () => expect(await counted()).toBe(1));
  await workers[1]?.close();
  await eventually(async () => expect(await counted()).toBe(0));
  expect((await queue.health()).bundle).toEqual(IDLE);
});

test('without Redis nothing is said about queues', async () => {
  await redis.kill();
  await expect(queue.health()).rejects.toMatchObject({ code: 'redis_unavailable' });
  await redis.start();
});
