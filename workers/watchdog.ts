/** The hard limit, enforced by a thread: a blocked event loop cannot keep a run alive past it. */
import { Worker } from 'node:worker_threads';
import type { Report } from '../src/domain/report.ts';

/** One run under the hard limit. Times in milliseconds. */
export interface WatchedRun {
  reportId: string;
  orderId: string;
  fence: number;
  /** running time of the report's ended runs */
  runningMs: number;
  /** on the clock of `awakeMs` */
  startedAt: number;
  hardMs: number;
}

export type WatchdogOrder = { kind: 'watch' | 'forget'; run: WatchedRun };

export interface WatchdogSettings {
  databaseUrl: string;
  /** the waking time that the thread has counted */
  awake: BigInt64Array<SharedArrayBuffer>;
  /** between two ticks of the clock: whatever exceeds two of them is sleep */
  awakeTick: number;
  /** between tries to write while the store is away */
  storeAway: number;
  /** how long a run that lost its report may take to end */
  handOver: number;
  logLevel: string;
  /** names this process in the log */
  process: string;
}

/** @returns stops watching: call it when the run has ended, in whatever way */
export type WatchRun = (report: Report, hardMs: number) => () => void;

export interface Watchdog {
  watch: WatchRun;
  /**
   * A clock in the thread: it stops while this process is suspended, alone or with its machine, but not
   * while its event loop is blocked. Milliseconds; late by a tick at most.
   */
  awakeMs(): number;
  close(): Promise<void>;
}

/**
 * At the hard limit the thread writes `failed`, reason `time_limit`, under the run's fence, and kills
 * this process. The process's other reports resume elsewhere.
 * @param onFault the thread itself died: without it runs have no hard limit
 */
export async function startWatchdog(
  options: Omit<WatchdogSettings, 'awake'>,
  onFault: (error: Error) => void,
): Promise<Watchdog> {
  const awake = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
  const awakeMs = () => Number(Atomics.load(awake, 0));
  const settings: WatchdogSettings = { ...options, awake };
  const thread = new Worker(new URL('./watchdog-thread.ts', import.meta.url), {
    workerData: settings,
  });
  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
  });
  thread.on('error', onFault);
  thread.unref();

  return {
    awakeMs,
    watch(report, hardMs) {
      const { id: reportId, orderId, fence, runningMs } = report;
      const run = { reportId, orderId, fence, runningMs, startedAt: awakeMs(), hardMs };
      thread.postMessage({ kind: 'watch', run } satisfies WatchdogOrder);
      return () => thread.postMessage({ kind: 'forget', run } satisfies WatchdogOrder);
    },
    async close() {
      await thread.terminate();
    },
  };
}
