/**
 * A worker process for tests to kill. Queue, store and sweeper are real, steps take `stepMs`, and
 * renderer and blob store do nothing. Tells its parent what it does.
 */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import type { RunSteps } from '../../src/domain/ports/work.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createCommitPaidOrder } from '../../src/orders/commit-paid-order.ts';
import { createSettleOrder } from '../../src/orders/settle-order.ts';
import { startChores } from '../../src/orders/start-chores.ts';
import { consume } from '../../src/queue/consume.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createSignals } from '../../src/queue/signals.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createCarryOutReport } from '../../workers/carry-out-report.ts';
import { closeWorker } from '../../workers/close-worker.ts';
import { createScratch } from '../../workers/scratch-file.ts';
import { sweep } from '../../workers/sweeper.ts';
import { startWatchdog } from '../../workers/watchdog.ts';
import { catalogueOf, sampleDefinition, sampleSection } from './sample.ts';

export interface WorkerSettings {
  databaseUrl: string;
  redisUrl: string;
  workDir: string;
  timeScale: number;
  steps: number;
  stepMs: number;
  /** reports at the same time */
  concurrency: number;
  limits: { softMs: number; hardMs: number };
  /** by fence: the step at which the run waits to be killed */
  rests: Record<number, number>;
  /** reports whose first step never ends: a call that ignores its signal, a loop that blocks */
  stuck: Record<string, 'call' | 'loop'>;
}
export interface BegunStep {
  report: string;
  step: number;
  fence: number;
}
/** What a worker reports: that it takes jobs, and each step that it begins. */
export type WorkerNews = 'ready' | BegunStep;

const REST_MS = 60_000;

const settings: WorkerSettings = JSON.parse(process.argv[2] ?? '');
const timings = scaledTimings(settings.timeScale);
const log = pino({ level: 'silent' });
const clock = () => new Date();
const tell = (news: WorkerNews) => process.send?.(news);

const store = await openStore(settings.databaseUrl);
const catalogue = catalogueOf(
  sampleDefinition({ steps: settings.steps, limits: { callMs: 1_000, ...settings.limits } }),
);
const base = { store, catalogue, timings, log, clock };
const redis = { redisUrl: settings.redisUrl, timings, log };
const queue = createReportQueue(redis);
const signals = createSignals(redis);
const sendEmail = async () => {};
const settleOrder = createSettleOrder({ ...base, signals, sendEmail });

const watchdog = await startWatchdog(
  { ...timings, databaseUrl: settings.databaseUrl, logLevel: 'silent', process: 'test' },
  (error) => {
    throw error;
  },
);

const runSteps: RunSteps = async ({ report, plan, signal }) => {
  const standing = await store.sections.steps(report);
  for (const { step } of plan.steps.filter((each) => !standing.includes(each.step))) {
    tell({ report: report.id, step, fence: report.fence });
    if (settings.stuck[report.id] === 'call') await new Promise(() => {});
    if (settings.stuck[report.id] === 'loop') for (;;);
    const rests = settings.rests[report.fence] === step;
    await sleep(rests ? REST_MS : settings.stepMs, undefined, { signal });
    await store.sections.insert(sampleSection(report, step));
  }
};

const carryOut = createCarryOutReport({
  ...base,
  signals,
  settleOrder,
  watchRun: watchdog.watch,
  awakeMs: watchdog.awakeMs,
  runSteps,
  scratch: createScratch(settings.workDir),
  renderer: {
    async render(_document, file) {
      await writeFile(file, '%PDF');
      return { file, pages: 1, bytes: 4, sha256: 'abc' };
    },
  },
  blob: {
    upload: async (_file, key) => ({ url: key, bytes: 4 }),
    signedUrl: async (key) => key,
    removeFolder: async () => 0,
  },
});
const consumer = consume({
  ...redis,
  queue: 'blueprint',
  concurrency: settings.concurrency,
  carryOut,
});
const commitPaidOrder = createCommitPaidOrder({ ...base, queue, signals });
const sweeping = { ...base, queue, commitPaidOrder, settleOrder, sendEmail };
const turn = (stop: AbortSignal) => sweep(sweeping, stop);
const chores = startChores([{ name: 'sweep', everyMs: timings.sweep, lease: 'keep', turn }], base);

process.once('SIGTERM', async () => {
  await closeWorker({ consumer, chores, store, timings });
  process.exit(0);
});
process.once('disconnect', () => process.exit(1)); // never outlives its test
await consumer.ready();
tell('ready');
