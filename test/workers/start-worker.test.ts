import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startOpenai } from '../../sandbox/openai/openai.ts';
import { startRedis } from '../queue/redis-server.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-start-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string>, queue = 'bundle'): ChildProcess {
  const child = spawn(process.execPath, [`workers/${queue}.ts`], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'development',
      DATABASE_URL: `sqlite:${join(folder, 'almanac.db')}`,
      REDIS_URL: 'redis://127.0.0.1:1',
      WORK_DIR: join(folder, 'work'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  return child;
}

async function refused(child: ChildProcess): Promise<{ code: number; said: string }> {
  if (!child.stderr) throw new Error('no stderr');
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, said };
}

/** Keeps reading to the end, because an unread log would block its process. @returns the output up to `wanted` */
function says(child: ChildProcess, wanted: string): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(wanted)) resolve(said);
    });
  });
}

test('a wrong configuration ends a worker with the reason', async () => {
  const { code, said } = await refused(start({ REDIS_URL: 'nonsense' }));
  expect(code).toBe(1);
  expect(said).toMatch(/^worker bundle: .*\n.*REDIS_URL: must be redis:\/\//);
  expect(said).not.toContain('    at ');
});

test('a store that cannot be opened ends a worker with one line', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const { code, said } = await refused(start({ DATABASE_URL: `sqlite:${file}/almanac.db` }));
  expect(code).toBe(1);
  expect(said.trim().split('\n')).toHaveLength(1);
});

test('a worker waits for Redis, says when it takes jobs, and exits 0 when told to stop', async () => {
  const redis = await startRedis();
  await redis.kill();
  const child = start({ REDIS_URL: redis.url });
  const ready = once(child, 'message');
  await redis.start();
  expect((await ready)[0]).toBe('ready');
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  await redis.close();
});

test('a worker that is told to stop while Redis is away exits 0 without waiting for it', async () => {
  const redis = await startRedis();
  const child = start({ REDIS_URL: redis.url });
  const away = says(child, 'Redis is away');
  await once(child, 'message');
  await redis.kill();
  await away;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('a worker closes when its parent process dies', async () => {
  const redis = await startRedis();
  const child = start({ REDIS_URL: redis.url });
  await once(child, 'message');
  const exit = once(child, 'exit');
  child.disconnect();
  expect(await exit).toEqual([0, null]);
  await redis.close();
});

test('a worker closes even if its parent process dies before it has started', async () => {
  const redis = await startRedis();
  const child = start({ REDIS_URL: redis.url });
  const exit = once(child, 'exit');
  child.disconnect();
  expect((await exit)[1]).toBeNull();
  await redis.close();
});

test('a worker that still waits for Redis exits when told to stop', async () => {
  const child = start({});
  await says(child, 'Redis is away');
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('a worker says at once that the provider refuses its key, and still takes jobs', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const openai = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 1 });
  onTestFinished(() => openai.close());
  await fetch(`${openai.url}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: '401', count: 1000 }),
  });
  const child = start(
    { REDIS_URL: redis.url, OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: 'sk-gone' },
    'life-clarity',
  );
  const ready = once(child, 'message');
  await Promise.all([says(child, 'models not confirmed'), says(child, 'check OPENAI_API_KEY')]);
  expect((await ready)[0]).toBe('ready');
  child.kill('SIGKILL');
});
