/**
 * Failovers of Redis as a managed service makes them: the replica becomes the primary, the address leads there a
 * little later, and all connections stay open with the old server, which is a read replica now. How long until
 * a new job runs, what becomes of running reports, and what readiness says meanwhile. At production's waits.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { freePort } from '../cli/local/ports.ts';
import { scaledTimings } from '../src/domain/patience.ts';
import { createReportQueue } from '../src/queue/report-queue.ts';
import { startRedisPair } from '../test/queue/redis-pair.ts';
import { openSample, sampleOrder, sampleReport } from '../test/workers/sample.ts';
import type { WorkerNews, WorkerSettings } from '../test/workers/worker-process.ts';
import { quantile } from './crash/quantile.ts';

const ROUNDS = 10;
const STEPS = 5_000; // enough that no report ends during the measurement
const RUNNING = 5;
/** from the promotion until the address leads to the new primary */
const REPOINTED_AFTER_MS = 2_000;
/** after that, something never happens */
const GIVE_UP_MS = 90_000;
const LOOK_MS = 20;

interface Begun {
  fence: number;
  at: number;
}

export async function run(): Promise<void> {
  const pair = await startRedisPair();
  const sample = await openSample();
  const begun = new Map<string, Begun>();
  const worker = await startWorker(sample, pair.url, (report, step) => begun.set(report, step));
  const api = await startApi(sample.folder, pair.url);
  const log = pino({ level: 'silent' });
  const queue = createReportQueue({ redisUrl: pair.url, timings: scaledTimings(1), log });

  /** The order is stored. Its job is added as the API and the sweeper do: until Redis has taken it. */
  async function place(id: string): Promise<string> {
    await sample.store.orders.insert(sampleOrder(id));
    const report = sampleReport(id, { steps: STEPS, answers: 2 * STEPS });
    await sample.store.reports.upsert([report]);
    const job = { reportId: report.id, orderId: id, queue: 'blueprint', delayMs: 0 } as const;
    await until(async () => {
      await queue.ensure(job);
      return true;
    });
    return report.id;
  }

  try {
    for (let each = 0; each < RUNNING; each += 1) await place(`ord_running-${each}`);
    await until(async () => begun.size === RUNNING);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await sleep(Math.random() * scaledTimings(1).lock); // anywhere between two renewals
      await until(api.isReady);
      const fences = new Map([...begun].map(([id, { fence }]) => [id, fence]));
      const promotedAt = Date.now();
      await pair.promote();
      const away = until(async () => !(await api.isReady()), REPOINTED_AFTER_MS);
      await sleep(REPOINTED_AFTER_MS);
      const saidAwayMs = await away;
      const repointedAt = Date.now();
      pair.repoint();
      const readyMs = until(api.isReady);
      const report = await place(`ord_${round}`);
      const ran = await until(async () => begun.has(report));
      const runsAgainMs = ran === null ? null : (begun.get(report)?.at ?? 0) - repointedAt;
      const readyAgainMs = await readyMs;
      await until(async () =>
        [...fences.keys()].every((id) => (begun.get(id)?.at ?? 0) > repointedAt),
      );
      const takenAgain = [...fences].filter(([id, fence]) => begun.get(id)?.fence !== fence).length;
      const told = { saidAwayMs, readyAgainMs, runsAgainMs, takenAgain, running: fences.size };
      rounds.push(told);
      console.log(
        `${repointedAt - promotedAt} ms from promotion to repointing: ${JSON.stringify(told)}`,
      );
      if (ran === null) break;
    }
    console.log(JSON.stringify({ bench: 'failover', ...summary(rounds) }));
  } finally {
    await Promise.all([end(worker), end(api.child)]);
    await queue.close();
    await pair.close();
    await sample.close();
  }
}

type Round = Record<'saidAwayMs' | 'readyAgainMs' | 'runsAgainMs', number | null> & {
  takenAgain: number;
  running: number;
};

function summary(rounds: readonly Round[]) {
  const spread = (of: (round: Round) => number | null) => {
    const times = rounds.map(of).filter((ms) => ms !== null);
    const never = rounds.length - times.length;
    return { p50Ms: quantile(times, 0.5), mostMs: quantile(times, 1), never };
  };
  const sum = (of: (round: Round) => number) => rounds.reduce((all, round) => all + of(round), 0);
  return {
    failovers: rounds.length,
    /** from the address's change to the first step of a job that was ordered then */
    runsAgain: spread((round) => round.runsAgainMs),
    /** from the promotion to the first 503; never: not before the address led on */
    saidAway: spread((round) => round.saidAwayMs),
    /** from the address's change */
    readyAgain: spread((round) => round.readyAgainMs),
    /** running reports that lost their lock and were claimed once more */
    takenAgain: sum((round) => round.takenAgain),
    running: sum((round) => round.running),
  };
}

async function startWorker(
  sample: { databaseUrl: string; folder: string },
  redisUrl: string,
  onStep: (report: string, begun: Begun) => void,
): Promise<ChildProcess> {
  const settings: WorkerSettings = {
    databaseUrl: sample.databaseUrl,
    redisUrl,
    workDir: join(sample.folder, 'work'),
    timeScale: 1,
    steps: STEPS,
    stepMs: 100,
    concurrency: RUNNING + ROUNDS,
    rests: {},
    stuck: {},
    limits: { softMs: 3_600_000, hardMs: 3_700_000 },
  };
  const child = fork(new URL('../test/workers/worker-process.ts', import.meta.url), [
    JSON.stringify(settings),
  ]);
  child.on('message', (news: WorkerNews) => {
    if (news !== 'ready') onStep(news.report, { fence: news.fence, at: Date.now() });
  });
  await once(child, 'message');
  return child;
}

async function startApi(folder: string, redisUrl: string) {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      REDIS_URL: redisUrl,
      DATABASE_URL: `sqlite:${join(folder, 'api.db')}`,
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  return { child, isReady };
}

/** @returns milliseconds until it was so; null: not within `mostMs` */
async function until(isSo: () => Promise<boolean>, mostMs = GIVE_UP_MS): Promise<number | null> {
  const began = Date.now();
  while (Date.now() - began < mostMs) {
    if (await isSo().catch(() => false)) return Date.now() - began;
    await sleep(LOOK_MS);
  }
  return null;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
