/**
 * Three worker processes with fifty horoscopes under one limit of 600 requests per minute, and a
 * life-clarity report that comes in the middle. The limit must hold and be nearly used up, and no
 * report may starve.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis } from '../test/queue/redis-server.ts';

const LIMIT = 600;
const HOROSCOPES = 50;
const RUN_MS = 180_000;
const MINUTE = 60_000;
/** four agents, each with its own time */
const LIFE_CLARITY = { width: 4, questions: 2, times: [9_000, 12_000, 14_000, 15_000] };
const HOROSCOPE = { width: 1, questions: 54, times: Array.from({ length: 161 }, () => 2_000) };

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const redis = await startRedis();
  const model = fork(new URL('./stand-in-model.ts', import.meta.url));
  const [baseUrl] = await once(model, 'message');
  const arrivals: number[] = [];
  model.on('message', ({ at }: { at: number }) => arrivals.push(at));
  const settings = {
    databaseUrl: `sqlite:${join(folder, 'bench.db')}`,
    redisUrl: redis.url,
    baseUrl,
    requestsPerMinute: LIMIT,
  };
  const workers: ChildProcess[] = [];
  try {
    for (let count = 0; count < 3; count += 1) {
      const worker = fork(new URL('./limits-worker.ts', import.meta.url), [
        JSON.stringify(settings),
      ]);
      await once(worker, 'message');
      workers.push(worker);
    }
    const idleMs = await lifeClarity(workers[0], 'idle');
    const begun = Date.now();
    for (let count = 0; count < HOROSCOPES; count += 1) {
      workers[count % 3]?.send({ ...HOROSCOPE, name: `horoscope${count}` });
    }
    await sleep(RUN_MS / 2);
    const busyMs = await lifeClarity(workers[1], 'busy');
    await sleep(begun + RUN_MS - Date.now());
    const seen = arrivals.filter((at) => at >= begun && at < begun + RUN_MS);
    const used = seen.length / ((LIMIT * RUN_MS) / MINUTE);
    console.log(
      JSON.stringify({
        bench: 'limits',
        requests: seen.length,
        mostInAnyMinute: mostInAnyMinute(arrivals),
        used: Number(used.toFixed(3)),
        idleMs,
        busyMs,
        ratio: Number((busyMs / idleMs).toFixed(2)),
      }),
    );
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    model.disconnect();
    await redis.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function lifeClarity(worker: ChildProcess | undefined, name: string): Promise<number> {
  const done = new Promise<number>((resolve) => {
    worker?.on('message', (message: { done?: string; ms: number }) => {
      if (message.done === name) resolve(message.ms);
    });
  });
  worker?.send({ ...LIFE_CLARITY, name });
  return done;
}

function mostInAnyMinute(arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [index, at] of sorted.entries()) {
    while ((sorted[from] ?? at) <= at - MINUTE) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
