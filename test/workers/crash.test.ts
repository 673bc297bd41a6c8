import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReportQueue } from '../../src/domain/ports/work.ts';
import type { Report } from '../../src/domain/report.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { openSample, sampleOrder, sampleReport } from './sample.ts';
import type { WorkerNews, WorkerSettings } from './worker-process.ts';

const TIME_SCALE = 20;
const STEPS = 12;
const STEP_MS = 40;
const timings = scaledTimings(TIME_SCALE);
/** lock, and two checks: the first marks, the second takes. And a bit for two busy cores. */
const PICK_UP_MS = timings.lock + 2 * timings.stalledCheck + 1_500;
const ID = 'ord_1-blueprint';

interface WorkerProcess {
  child: ChildProcess;
  /** Resolves with the next step begun whose number is at least this. */
  begins(step: number): Promise<{ step: number; fence: number }>;
  steps: { step: number; fence: number }[];
}

let redis: RedisServer;
let queue: ReportQueue;
let sample: Awaited<ReturnType<typeof openSample>>;
const workers: WorkerProcess[] = [];

beforeEach(async () => {
  redis = await startRedis();
  sample = await openSample();
  const log = pino({ level: 'silent' });
  queue = createReportQueue({ redisUrl: redis.url, timings, log });
  await sample.store.orders.insert(sampleOrder('ord_1'));
  await sample.store.reports.upsert([sampleReport('ord_1', { steps: STEPS, answers: STEPS * 2 })]);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map(({ child }) => end(child, 'SIGKILL')));
  await queue.close();
  await redis.close();
  await sample.close();
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

async function startWorker(): Promise<WorkerProcess> {
  const settings: WorkerSettings = {
    databaseUrl: sample.databaseUrl,
    redisUrl: redis.url,
    workDir: join(sample.folder, 'work'),
    timeScale: TIME_SCALE,
    steps: STEPS,
    stepMs: STEP_MS,
  };
  const file = new URL('./worker-process.ts', import.meta.url);
  const child = fork(file, [JSON.stringify(settings)]);
  const ready = Promise.withResolvers<void>();
  const worker: WorkerProcess = {
    child,
    steps: [],
    begins: (step) =>
      expect
        .poll(() => worker.steps.find((each) => each.step >= step), {
          interval: 2,
          timeout: 10_000,
        })
        .toBeDefined()
        .then(() => worker.steps.find((each) => each.step >= step) ?? { step: 0, fence: 0 }),
  };
  child.on('message', (news: WorkerNews) => {
    if (news === 'ready') ready.resolve();
    else worker.steps.push(news);
  });
  child.once('exit', () => ready.reject(new Error('the worker did not start')));
  workers.push(worker);
  await ready.promise;
  return worker;
}

async function stored(): Promise<Report> {
  const report = await sample.store.reports.find(ID);
  if (!report) throw new Error('no report');
  return report;
}

async function delivered(): Promise<Report> {
  await expect
    .poll(async () => (await stored()).state, { interval: 20, timeout: 15_000 })
    .toBe('delivered');
  return stored();
}

const addJob = () =>
  queue.add('ord_1', [{ reportId: ID, orderId: 'ord_1', queue: 'blueprint', delayMs: 0 }], false);

/** Starts two workers and the report. @returns the one that reached `step`, and the idle one */
async function running(step: number): Promise<{ victim: WorkerProcess; heir: WorkerProcess }> {
  const [first, second] = await Promise.all([startWorker(), startWorker()]);
  await addJob();
  return Promise.any([
    first.begins(step).then(() => ({ victim: first, heir: second })),
    second.begins(step).then(() => ({ victim: second, heir: first })),
  ]);
}

/** Steps that more than one of the workers began. */
function beganTwice(): number[] {
  const begun = workers.flatMap(({ steps }) => steps.map(({ step }) => step));
  return begun.filter((step, index) => begun.indexOf(step) !== index);
}

test("a killed worker's report runs elsewhere within seconds, and asks no finished step again", async () => {
  const { victim, heir } = await running(4);
  await end(victim.child, 'SIGKILL');
  const killedAt = Date.now();
  const resumed = await heir.begins(1);
  expect(Date.now() - killedAt).toBeLessThan(PICK_UP_MS);
  expect(resumed.fence).toBe(2);
  expect(await delivered()).toMatchObject({ fence: 2, attempts: 0 });
  expect(beganTwice().length).toBeLessThanOrEqual(1);
});

test('a second and a third crash do not fail the report', async () => {
  let worker = await startWorker();
  await addJob();
  for (const step of [2, 4, 6]) {
    await worker.begins(step);
    await end(worker.child, 'SIGKILL');
    worker = await startWorker();
  }
  expect(await delivered()).toMatchObject({ fence: 4, attempts: 0, crashes: 0 });
  expect(beganTwice().length).toBeLessThanOrEqual(3);
});

test('a worker that is told to stop hands its report over at once, and exits 0', async () => {
  const { victim, heir } = await running(4);
  const toldAt = Date.now();
  const exit = end(victim.child, 'SIGTERM');
  const resumed = await heir.begins(1);
  expect(Date.now() - toldAt).toBeLessThan(1_000);
  expect(resumed.fence).toBe(2);
  expect(await exit).toBe(0);
  expect((await stored()).crashes).toBe(0);
  expect(await delivered()).toMatchObject({ attempts: 0, snoozes: 0, fence: 2 });
});

test('a worker that was suspended past its lock changes nothing when it wakes', async () => {
  const { victim, heir } = await running(4);
  victim.child.kill('SIGSTOP');
  expect((await heir.begins(1)).fence).toBe(2);
  victim.child.kill('SIGCONT');
  const settled = await delivered();
  expect(settled).toMatchObject({ fence: 2, attempts: 0 });
  expect(await end(victim.child, 'SIGTERM')).toBe(0);
  expect(await stored()).toEqual(settled);
});

test('a report whose job is lost with all of Redis goes on', async () => {
  const first = await startWorker();
  await addJob();
  await first.begins(4);
  await redis.flush();
  expect(await delivered()).toMatchObject({ attempts: 0 });
  await expect.poll(async () => (await sample.store.orders.find('ord_1'))?.state).toBe('fulfilled');
});

test('a paid order needs no job to be delivered', async () => {
  await startWorker();
  expect(await delivered()).toMatchObject({ fence: 1 });
});

test('an outage of Redis in the middle of a run ends in delivery', async () => {
  const first = await startWorker();
  await addJob();
  await first.begins(4);
  await redis.kill();
  await new Promise((resolve) => setTimeout(resolve, 2 * timings.lock)); // the outage itself
  await redis.start();
  expect(await delivered()).toMatchObject({ attempts: 0 });
});
