import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { dueAt } from '../../src/queue/bullmq-insides.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

let redis: RedisServer;
let connection: Redis;
let queue: Queue;
beforeAll(async () => {
  redis = await startRedis();
  connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  queue = new Queue('blueprint', { connection });
});
afterAll(async () => {
  await queue.close();
  connection.disconnect();
  await redis.close();
});

test('the time of a delayed job is read to the millisecond, and is null once it waits no more', async () => {
  const timestamp = 1_900_000_000_123;
  const job = await queue.add('any', {}, { jobId: 'job-1', delay: 60_000, timestamp });
  expect(await dueAt(connection, queue, 'job-1')).toBe(timestamp + 60_000);
  await job.promote();
  expect(await dueAt(connection, queue, 'job-1')).toBeNull();
});

test('the libraries whose private parts we use are pinned exactly', () => {
  for (const name of ['bullmq', 'pdfkit'] as const) {
    expect(manifest.dependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
