/** A real queue and store, and worker processes that tests may kill. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pino from 'pino';
import { expect } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { startRedis } from '../queue/redis-server.ts';
import { openSample, sampleOrder, sampleReport } from './sample.ts';
import type { BegunStep, WorkerNews, WorkerSettings } from './worker-process.ts';

/** locks under two seconds are lost on two busy cores */
const TIME_SCALE = 5;
const STEPS = 12;
const STEP_MS = 40;
export const timings = scaledTimings(TIME_SCALE);

export interface WorkerProcess {
  child: ChildProcess;
  /** Resolves with the first step that the worker begins, at or after this number. */
  begins(step: number): Promise<BegunStep>;
  steps: BegunStep[];
}

/** Ends a process. @returns its exit code, or null when a signal ended it */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

export async function openFloor() {
  const redis = await startRedis();
  const sample = await openSample();
  const log = pino({ level: 'silent' });
  // the test's own commands may be slow on busy cores
  const queue = createReportQueue({ redisUrl: redis.url, timings: scaledTimings(1), log });
  const workers: WorkerProcess[] = [];

  async function startWorker(change: Partial<WorkerSettings> = {}): Promise<WorkerProcess> {
    const settings: WorkerSettings = {
      databaseUrl: sample.databaseUrl,
      redisUrl: redis.url,
      workDir: join(sample.folder, 'work'),
      timeScale: TIME_SCALE,
      steps: STEPS,
      stepMs: STEP_MS,
      concurrency: 2,
      limits: { softMs: 60_000, hardMs: 66_000 },
      rests: {},
      stuck: {},
      ...change,
    };
    const child = fork(new URL('./worker-process.ts', import.meta.url), [JSON.stringify(settings)]);
    const ready = Promise.withResolvers<void>();
    const steps: WorkerProcess['steps'] = [];
    const reached = (step: number) => steps.find((each) => each.step >= step);
    child.on('message', (news: WorkerNews) => {
      if (news === 'ready') ready.resolve();
      else steps.push(news);
    });
    child.once('exit', () => ready.reject(new Error('the worker did not start')));
    const worker: WorkerProcess = {
      child,
      steps,
      async begins(step) {
        await expect.poll(() => reached(step), { interval: 2 }).toBeDefined();
        return reached(step) as BegunStep;
      },
    };
    workers.push(worker);
    await ready.promise;
    return worker;
  }

  async function stored(orderId = 'ord_1'): Promise<Report> {
    const report = await sample.store.reports.find(`${orderId}-blueprint`);
    if (!report) throw new Error('no report');
    return report;
  }

  async function addJob(orderId = 'ord_1'): Promise<void> {
    const report = { reportId: `${orderId}-blueprint`, orderId, delayMs: 0 };
    await queue.add(orderId, [{ ...report, queue: 'blueprint' }], false);
  }

  return {
    redis,
    store: sample.store,
    startWorker,
    stored,
    addJob,
    async paidOrder(orderId = 'ord_1', change: Partial<Report> = {}): Promise<void> {
      await sample.store.orders.insert(sampleOrder(orderId));
      const report = sampleReport(orderId, { steps: STEPS, answers: STEPS * 2, ...change });
      await sample.store.reports.upsert([report]);
    },
    async becomes(state: Report['state'], orderId = 'ord_1'): Promise<Report> {
      await expect.poll(async () => (await stored(orderId)).state, { interval: 20 }).toBe(state);
      return stored(orderId);
    },
    /** Starts two workers and the report. @returns the worker that reached `step`, and the idle one */
    async running(
      step: number,
      change: Partial<WorkerSettings> = {},
    ): Promise<{ victim: WorkerProcess; heir: WorkerProcess }> {
      const [first, second] = await Promise.all([startWorker(change), startWorker(change)]);
      await addJob();
      await expect
        .poll(() => workers.some(({ steps }) => steps.some((each) => each.step >= step)), {
          interval: 2,
        })
        .toBe(true);
      return first.steps.length > 0
        ? { victim: first, heir: second }
        : { victim: second, heir: first };
    },
    /** Steps that more than one run began. */
    beganTwice(): number[] {
      const begun = workers.flatMap(({ steps }) => steps.map(({ step }) => step));
      return begun.filter((step, index) => begun.indexOf(step) !== index);
    },
    async close(): Promise<void> {
      await Promise.all(workers.map(({ child }) => end(child, 'SIGKILL')));
      await queue.close();
      await redis.close();
      await sample.close();
    },
  };
}
export type Floor = Awaited<ReturnType<typeof openFloor>>;
