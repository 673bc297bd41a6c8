import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../cli/local/ports.ts';
import { PRODUCTION_TIMINGS } from '../../src/domain/patience.ts';
import { openStore } from '../../src/store/open-store.ts';
import { eventually } from '../eventually.ts';
import { startRedisPair } from '../queue/redis-pair.ts';
import { startRedis } from '../queue/redis-server.ts';
import { sampleOrder } from '../workers/sample.ts';

let folder: string;
const started: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-server-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

/** No Redis listens here: the API has to run without it. */
const NO_REDIS = 'redis://127.0.0.1:1';

/** @param blocks the size limit of its files, in the shell's blocks of 512 or 1,024 bytes */
function serve(environment: NodeJS.ProcessEnv, blocks: number | null = null): ChildProcess {
  const limit = blocks === null ? '' : `ulimit -f ${blocks}; `;
  const child = spawn('sh', ['-c', `${limit}exec "$0" src/server.ts`, process.execPath], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      REDIS_URL: NO_REDIS,
      DATABASE_URL: `sqlite:${join(folder, 'almanac.db')}`,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  started.push(child);
  return child;
}

async function endOf(child: ChildProcess): Promise<{ code: unknown; stderr: string }> {
  const [[code], stderr] = await Promise.all([once(child, 'exit'), textOf(child.stderr)]);
  return { code, stderr };
}

test('the API starts without Redis, says so at /readyz, and exits 0 on SIGTERM', async () => {
  const port = await freePort();
  const child = serve({ PORT: String(port) });
  const output = textOf(child.stdout);
  await once(child, 'message');
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'not_ready', away: ['redis'] },
  ]);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect((await endOf(child)).code).toBe(0);
  const log = await output;
  expect(log).toContain(`http://127.0.0.1:${port}/docs`);
  expect(log).toMatch(/operator\/queues opens with the password \S{12,}/);
  expect(log).toMatch(/sandbox/);
  expect(log).toContain('pages of localhost, on any port, may call the API');
});

test('the API erases orders by itself: unpaid ones after 30 days, paid ones as RETAIN_DAYS says', async () => {
  const url = `sqlite:${join(folder, 'old.db')}`;
  const store = await openStore(url);
  const monthsAgo = (months: number) =>
    new Date(Date.now() - months * 31 * 86_400_000).toISOString();
  const unpaid = { state: 'expired', paidAt: null, createdAt: monthsAgo(1) } as const;
  const ended = { state: 'fulfilled', settledAt: monthsAgo(2) } as const;
  await store.orders.insert({ ...sampleOrder('ord_unpaid'), ...unpaid });
  await store.orders.insert({ ...sampleOrder('ord_ended'), ...ended });
  await store.orders.insert({ ...sampleOrder('ord_young'), ...ended, settledAt: monthsAgo(1) });
  const child = serve({ DATABASE_URL: url, RETAIN_DAYS: '40' });
  await once(child, 'message');
  const emailOf = async (id: string) => (await store.orders.find(id))?.email;
  for (const id of ['ord_unpaid', 'ord_ended']) {
    await eventually(async () => {
      expect(await emailOf(id)).toBe('');
      expect(await store.audit.ofOrder(id)).toMatchObject([{ actor: 'retention' }]);
    });
  }
  expect(await emailOf('ord_young')).toBe('ada@example.com');
  await store.close();
});

test('/readyz reports that the disk takes no more writes, and when it does again', async () => {
  const port = await freePort();
  const file = join(folder, 'full.db');
  const environment = { PORT: String(port), DATABASE_URL: `sqlite:${file}`, TIME_SCALE: '10' };
  const child = serve(environment, 8_192);
  await once(child, 'message');
  const away = () => awayAt(port);
  await eventually(async () => expect(await away()).toEqual(['redis']));
  // this process has no limit: it makes the file so large that the other's next write exceeds its limit
  using database = new DatabaseSync(file, { timeout: 10_000 });
  database.exec('PRAGMA wal_autocheckpoint = 0; CREATE TABLE filling (bytes)');
  database.exec('INSERT INTO filling VALUES (zeroblob(12000000))');
  await eventually(async () => expect(await away()).toContain('store'));
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  await eventually(async () => expect(await away()).not.toContain('store'));
});

test('/readyz says redis while only a read replica answers, and is ready once the address leads on', async () => {
  const pair = await startRedisPair();
  onTestFinished(() => pair.close());
  const port = await freePort();
  const child = serve({ PORT: String(port), REDIS_URL: pair.url, TIME_SCALE: '10' });
  await once(child, 'message');
  await eventually(async () => expect(await awayAt(port)).toEqual([]));
  await pair.promote();
  await eventually(async () => expect(await awayAt(port)).toEqual(['redis']));
  pair.repoint();
  await eventually(async () => expect(await awayAt(port)).toEqual([]));
});

test('/readyz says redis while Redis has no room for a write, and is ready when it has', async () => {
  const redis = await startRedis();
  const operator = new Redis(redis.url);
  onTestFinished(async () => {
    operator.disconnect();
    await redis.close();
  });
  const port = await freePort();
  const child = serve({ PORT: String(port), REDIS_URL: redis.url, TIME_SCALE: '10' });
  await once(child, 'message');
  await eventually(async () => expect(await awayAt(port)).toEqual([]));
  await operator.config('SET', 'maxmemory', '1');
  await eventually(async () => expect(await awayAt(port)).toEqual(['redis']));
  await operator.config('SET', 'maxmemory', '0');
  await eventually(async () => expect(await awayAt(port)).toEqual([]));
});

test('told to stop during a stored event, the API exits 0 and leaves the event to the next process', async () => {
  const DATABASE_URL = `sqlite:${join(folder, 'events.db')}`;
  const store = await openStore(DATABASE_URL);
  const event = { id: 'evt_1', type: 'checkout.session.completed', objectId: 'cs_1' };
  const receivedAt = new Date(0).toISOString();
  await store.stripeEvents.insert({ ...event, receivedAt, processedAt: null });
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  try {
    const STRIPE_API_URL = `http://127.0.0.1:${portOf(silent)}`;
    const child = serve({ DATABASE_URL, STRIPE_API_URL, STRIPE_SECRET_KEY: 'sk_test_silent' });
    await Promise.all([once(silent, 'connection'), once(child, 'message')]);
    const toldAt = Date.now();
    child.kill('SIGTERM');
    expect((await endOf(child)).code).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(PRODUCTION_TIMINGS.stripeCall);
    const [left] = await Array.fromAsync(store.stripeEvents.unprocessed(new Date()));
    expect(left?.id).toBe('evt_1');
  } finally {
    silent.close();
    await store.close();
  }
});

test('the API exits 0 when its parent process dies', async () => {
  const child = serve({});
  await once(child, 'message');
  child.disconnect();
  expect((await endOf(child)).code).toBe(0);
});

test('a wrong configuration ends with exit code 1 and one message that lists every error', async () => {
  const child = serve({ NODE_ENV: 'production', DATABASE_URL: '', REDIS_URL: '' });
  const { code, stderr } = await endOf(child);
  expect(code).toBe(1);
  expect(stderr).toContain('STRIPE_SECRET_KEY: missing');
  expect(stderr).toContain('TOKEN_SECRET: missing');
  expect(stderr).not.toMatch(/at .*\.ts:/);
});

test('a port that is taken ends with exit code 1 and one line with the fix, also without Redis', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  try {
    const { code, stderr } = await endOf(serve({ PORT: String(portOf(other)) }));
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/in use.*set PORT/)]);
  } finally {
    other.close();
  }
});

// Node's own recursive mkdir never returns there
test('a store in a folder that cannot be made ends with exit code 1 and one line with its path', async () => {
  const { code, stderr } = await endOf(serve({ DATABASE_URL: 'sqlite:/proc/x/y.db' }));
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^DATABASE_URL: .*\/proc\/x\/y\.db/),
  ]);
});

function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream);
}

/** What /readyz names; its status must say the same. */
async function awayAt(port: number): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  const { away } = (await response.json()) as { away: string[] };
  expect(response.status).toBe(away.length === 0 ? 200 : 503);
  return away;
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
