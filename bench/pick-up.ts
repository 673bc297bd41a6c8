/**
 * How long a report stands still when its worker is killed, told to stop or suspended, and how it takes
 * twenty crashes in a row. Workers are processes with a real queue, store and sweeper.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { scaledTimings } from '../src/domain/patience.ts';
import { createReportQueue } from '../src/queue/report-queue.ts';
import { startRedis } from '../test/queue/redis-server.ts';
import { openSample, sampleOrder, sampleReport } from '../test/workers/sample.ts';
import type { WorkerNews, WorkerSettings } from '../test/workers/worker-process.ts';
import { quantile } from './crash/quantile.ts';

const WORKER = new URL('../test/workers/worker-process.ts', import.meta.url);
const STEPS = 2_000; // enough that no report ends during the measurement
const REPORTS = 5;
const KILLS = 10;
const SUSPENSIONS = 20;
const MOST_SUSPENDED_MS = 15_000;
const IN_A_ROW = 20;
const SCALED = 5;

interface Begun {
  report: string;
  fence: number;
  at: number;
}
interface Hand {
  child: ChildProcess;
  begun: Begun[];
}

export async function run(): Promise<void> {
  const results: Record<string, object> = {};
  const told = (name: string, figures: object): void => {
    results[name] = figures;
    console.log(`${name}: ${JSON.stringify(figures)}`);
  };
  told(`killTimeScale${SCALED}`, await measure(SCALED, 'SIGKILL'));
  told('suspended', await suspend(SUSPENSIONS));
  told('inARow', await crashInARow(IN_A_ROW));
  told('stop', await measure(1, 'SIGTERM'));
  told('kill', await measure(1, 'SIGKILL'));
  console.log(JSON.stringify({ bench: 'pick-up', ...results }));
}

async function openFloor(timeScale: number) {
  const redis = await startRedis();
  const sample = await openSample();
  const log = pino({ level: 'silent' });
  const queue = createReportQueue({ redisUrl: redis.url, timings: scaledTimings(1), log });
  const hands: Hand[] = [];

  async function hire(): Promise<Hand> {
    const settings: WorkerSettings = {
      databaseUrl: sample.databaseUrl,
      redisUrl: redis.url,
      workDir: `${sample.folder}/work`,
      timeScale,
      steps: STEPS,
      stepMs: 100,
      concurrency: 2 * REPORTS,
      rests: {},
      stuck: {},
      limits: { softMs: 3_600_000, hardMs: 3_700_000 },
    };
    const child = fork(WORKER, [JSON.stringify(settings)]);
    const hand: Hand = { child, begun: [] };
    child.on('message', (news: WorkerNews) => {
      if (news === 'ready') return;
      if (hand.begun.some(({ report, fence }) => report === news.report && fence === news.fence)) {
        return;
      }
      hand.begun.push({ report: news.report, fence: news.fence, at: Date.now() });
    });
    hands.push(hand);
    await once(child, 'message');
    return hand;
  }

  return {
    store: sample.store,
    hire,
    async place(id: string) {
      await sample.store.orders.insert(sampleOrder(id));
      const report = sampleReport(id, { steps: STEPS, answers: 2 * STEPS });
      await sample.store.reports.upsert([report]);
      const job = { reportId: report.id, orderId: id, queue: 'blueprint', delayMs: 0 } as const;
      await queue.add(id, [job], false);
      return report.id;
    },
    async close() {
      for (const { child } of hands) await end(child, 'SIGKILL');
      await queue.close();
      await redis.close();
      await sample.close();
    },
  };
}

/** @returns times from the signal to the next run's first step, milliseconds */
async function measure(timeScale: number, signal: 'SIGKILL' | 'SIGTERM') {
  const floor = await openFloor(timeScale);
  const times: number[] = [];
  const exitCodes = new Set<number | null>();
  let victim = await floor.hire();
  const ids: string[] = [];
  for (let index = 0; index < REPORTS; index += 1) ids.push(await floor.place(`ord_${index}`));
  await begun(victim, ids, 1);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const heir = await floor.hire();
    await sleep(Math.random() * scaledTimings(timeScale).lock); // anywhere between two renewals
    const at = Date.now();
    const exit = end(victim.child, signal);
    const resumed = await begun(heir, ids, kill + 1);
    times.push(...resumed.map((each) => each.at - at));
    exitCodes.add(await exit);
    victim = heir;
  }
  await floor.close();
  return {
    kills: KILLS,
    reports: times.length,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    exitCodes: [...exitCodes],
  };
}

async function suspend(rounds: number) {
  const floor = await openFloor(SCALED);
  let stale = 0;
  let [victim, heir] = [await floor.hire(), await floor.hire()];
  const id = await floor.place('ord_1');
  for (let round = 1; round <= rounds; round += 1) {
    const [holder] = await Promise.race(
      [victim, heir].map(async (each) => [each, await begun(each, [id], round)] as const),
    );
    if (holder === heir) [victim, heir] = [heir, victim];
    victim.child.kill('SIGSTOP');
    // a worker suspended in the very moment of a write keeps SQLite locked, so it must be woken earlier
    const woken = setTimeout(() => victim.child.kill('SIGCONT'), MOST_SUSPENDED_MS);
    await begun(heir, [id], round + 1);
    clearTimeout(woken);
    const before = await floor.store.reports.find(id);
    victim.child.kill('SIGCONT');
    await sleep(300); // time for the woken worker to write something
    const after = await floor.store.reports.find(id);
    if (after?.fence !== before?.fence || after?.state !== before?.state) stale += 1;
    [victim, heir] = [heir, victim];
  }
  await floor.close();
  return { rounds, staleWritesAccepted: stale };
}

async function crashInARow(crashes: number) {
  const floor = await openFloor(SCALED);
  const id = await floor.place('ord_1');
  for (let crash = 1; crash <= crashes; crash += 1) {
    const worker = await floor.hire();
    await begun(worker, [id], crash);
    await sleep(400); // time for some sections, so that the report makes progress
    await end(worker.child, 'SIGKILL');
  }
  const worker = await floor.hire();
  await begun(worker, [id], crashes + 1);
  const report = await floor.store.reports.find(id);
  await floor.close();
  return { crashes, state: report?.state, fence: report?.fence, attempts: report?.attempts };
}

/** Waits until this worker has begun all these reports, with at least this fence. */
async function begun(hand: Hand, ids: readonly string[], fence: number): Promise<Begun[]> {
  for (;;) {
    const found = ids.flatMap(
      (id) => hand.begun.find((each) => each.report === id && each.fence >= fence) ?? [],
    );
    if (found.length === ids.length) return found;
    await sleep(5);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}
