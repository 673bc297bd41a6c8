/**
 * The watchdog's thread: ends what the soft limit could not. It shares nothing with the process that
 * it watches, not even the store's connection or the log's stream.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { uncountedMs } from './uncounted-time.ts';
import type { WatchdogOrder, WatchdogSettings, WatchedRun } from './watchdog.ts';

const settings: WatchdogSettings = workerData;
const { awake, awakeTick } = settings;
countAwake();
const log = createLog(
  { level: settings.logLevel, pretty: false, process: settings.process },
  { write: (line) => writeSync(1, line) }, // the stream would pass through the blocked loop
);
const store = await openStore(settings.databaseUrl);
const timers = new Map<string, NodeJS.Timeout>();

parentPort?.on('message', ({ kind, run }: WatchdogOrder) => {
  if (kind === 'watch') watch(run, run.hardMs - run.runningMs);
  else forget(run);
});
parentPort?.postMessage('ready');

/** A suspended process wakes to one long gap; on a busy machine the ticks are only late. */
function countAwake(): void {
  let seen = performance.now();
  setInterval(() => {
    const now = performance.now();
    Atomics.add(awake, 0, BigInt(Math.round(Math.min(now - seen, 2 * awakeTick))));
    seen = now;
  }, awakeTick);
}

function nameOf(run: WatchedRun): string {
  return `${run.reportId}/${run.fence}`;
}

function watch(run: WatchedRun, leftMs: number): void {
  const due = setTimeout(() => check(run), Math.max(0, leftMs));
  timers.set(nameOf(run), due);
}

function forget(run: WatchedRun): void {
  clearTimeout(timers.get(nameOf(run)));
  timers.delete(nameOf(run));
}

/** Never throws: a watchdog that fails must still bite. */
async function check(run: WatchedRun): Promise<void> {
  try {
    const leftMs = await timeLeft(run);
    if (!timers.has(nameOf(run))) return;
    if (leftMs > 0) return watch(run, leftMs);
    await end(run);
  } catch (error) {
    log.error({ err: error, reportId: run.reportId }, 'hard limit not written yet');
    if (timers.has(nameOf(run))) watch(run, settings.storeAway);
  }
}

async function timeLeft(run: WatchedRun): Promise<number> {
  const passed = Number(Atomics.load(awake, 0)) - run.startedAt;
  const calls = await store.modelCalls.ofReport(run.reportId);
  const uncounted = uncountedMs(calls, run.fence, new Date());
  return run.hardMs - run.runningMs - Math.max(0, passed - uncounted);
}

async function end(run: WatchedRun): Promise<void> {
  const { reportId, orderId, fence } = run;
  const now = new Date();
  const change = { reason: 'time_limit', settledAt: now.toISOString(), runningMs: run.hardMs };
  const written = await store.reports.move(reportId, fence, 'failed', now, change);
  if (!written) {
    // The report is no longer its own: the run may be ending just now. If not, it is stuck all the same.
    await sleep(settings.handOver);
    if (!timers.has(nameOf(run))) return;
  }
  log.fatal({ reportId, orderId, fence, written: written !== null }, 'hard limit: process killed');
  process.kill(process.pid, 'SIGKILL');
}
