import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createSignals } from '../../src/queue/signals.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const log = pino({ level: 'silent' });
const timings = { ...scaledTimings(1), redisReconnect: 20 };

let redis: RedisServer;
let here: ReturnType<typeof createSignals>;
let there: ReturnType<typeof createSignals>;
beforeEach(async () => {
  redis = await startRedis();
  here = createSignals({ redisUrl: redis.url, timings, log });
  there = createSignals({ redisUrl: redis.url, timings, log });
});
afterEach(async () => {
  await here.close();
  await there.close();
  await redis.close();
});

/** Wakes until a listener hears it: a subscription needs a moment. */
async function wakesReach(orderId: string, heard: () => number): Promise<void> {
  const before = heard();
  await expect
    .poll(() => {
      there.wake(orderId);
      return heard();
    })
    .toBeGreaterThan(before);
}

test('a wake reaches every listener of its order in another process, and no other', async () => {
  let first = 0;
  let second = 0;
  let other = 0;
  here.listen('ord_1', () => {
    first += 1;
  });
  here.listen('ord_1', () => {
    second += 1;
  });
  here.listen('ord_2', () => {
    other += 1;
  });
  await wakesReach('ord_1', () => Math.min(first, second));
  expect(other).toBe(0);
});

test('a stopped listener hears nothing more', async () => {
  let stopped = 0;
  let going = 0;
  const stop = here.listen('ord_1', () => {
    stopped += 1;
  });
  here.listen('ord_1', () => {
    going += 1;
  });
  await wakesReach('ord_1', () => going);
  stop();
  const before = stopped;
  await wakesReach('ord_1', () => going);
  expect(stopped).toBe(before);
});

test('listeners are woken again after an outage of Redis', async () => {
  let heard = 0;
  here.listen('ord_1', () => {
    heard += 1;
  });
  await wakesReach('ord_1', () => heard);
  await redis.kill();
  there.wake('ord_1'); // is lost, and must not throw
  await redis.start();
  await wakesReach('ord_1', () => heard);
});
