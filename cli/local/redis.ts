/** A Redis of Almanac's own for one machine: durable, never evicting, on a free port. */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { AlmanacError } from '../../src/domain/errors.ts';
import { type Child, startChild } from './child.ts';

/** @param folder where its data and log go */
export async function startRedis(folder: string): Promise<{ url: string; child: Child }> {
  const data = join(folder, 'redis');
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: data,
    appendonly: 'yes',
    save: '',
    'maxmemory-policy': 'noeviction', // BullMQ loses jobs under any other
  };
  const child = await startChild({
    name: 'redis-server',
    program: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    env: process.env,
    logFile: join(folder, 'logs/redis.log'),
    ipc: false,
  });
  const url = `redis://127.0.0.1:${port}`;
  await answering(url, child);
  return { url, child };
}

/** Waits for the first answer; ioredis tries again by itself until then. */
async function answering(url: string, child: Child): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on('error', () => {}); // refused until it listens
  const gone = child.ended.then(() => {
    throw new AlmanacError('child_failed', 'redis-server ended before it answered');
  });
  try {
    await Promise.race([redis.ping(), gone]);
  } finally {
    redis.disconnect();
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was bound');
  return address.port;
}
