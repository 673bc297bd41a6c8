/** The Redis of a local stack: its own if redis-server is installed, otherwise the one at REDIS_URL. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { AlmanacError } from '../../src/domain/errors.ts';

const ANSWER_MS = 5_000;

/** Whether redis-server can be started here. */
export function hasRedisServer({ PATH = '' }: NodeJS.ProcessEnv): boolean {
  return PATH.split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));
}

/** @throws AlmanacError `redis_unavailable` when nothing answers at REDIS_URL within five seconds */
export async function assertAnswers(url: string): Promise<void> {
  if (await answers(url)) return;
  throw new AlmanacError(
    'redis_unavailable',
    'REDIS_URL: no Redis answers there; start it, or install redis-server and leave REDIS_URL out',
  );
}

/** @returns false when it has not answered within five seconds */
export async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on('error', () => {}); // refused until it listens
  const late = new Promise<false>((resolve) => setTimeout(resolve, ANSWER_MS, false).unref());
  try {
    return await Promise.race([redis.ping().then(() => true), late]);
  } finally {
    redis.disconnect();
  }
}
