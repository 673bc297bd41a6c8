/** The limits of a report's running time: the soft limit stops the run, the hard limit the process. */
import { RunStopped } from '../src/domain/errors.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Limits } from '../src/domain/product.ts';
import type { Report } from '../src/domain/report.ts';
import type { Log } from '../src/telemetry/log.ts';
import { uncountedMs } from './uncounted-time.ts';
import type { WatchRun } from './watchdog.ts';

export interface LimitDeps {
  store: Pick<Store, 'modelCalls'>;
  watchRun: WatchRun;
  /** see Watchdog */
  awakeMs: () => number;
  log: Log;
  clock: () => Date;
}

export interface RunningTime {
  /** aborted with a RunStopped at the soft limit */
  signal: AbortSignal;
  /** of this run so far, milliseconds */
  countedMs(): Promise<number>;
  close(): void;
}

/** Adds to the running time of the report's earlier runs. */
export function limitRunningTime(
  { store, watchRun, awakeMs, log, clock }: LimitDeps,
  report: Report,
  { softMs, hardMs }: Pick<Limits, 'softMs' | 'hardMs'>,
): RunningTime {
  const stop = new AbortController();
  const forget = watchRun(report, hardMs);
  const startedAt = awakeMs();
  let closed = false;
  let timer = setTimeout(check, Math.max(0, softMs - report.runningMs));

  async function check(): Promise<void> {
    const leftMs = softMs - report.runningMs - (await countedMs());
    if (closed) return;
    if (leftMs > 0) {
      timer = setTimeout(check, leftMs);
      return;
    }
    stop.abort(new RunStopped('time_limit', `${report.id} has run for ${softMs} ms`));
  }

  async function countedMs(): Promise<number> {
    const passed = awakeMs() - startedAt;
    try {
      const calls = await store.modelCalls.ofReport(report.id);
      // sleep in time that does not count is taken off twice, in the report's favour
      return Math.max(0, passed - uncountedMs(calls, report.fence, clock()));
    } catch (error) {
      log.warn({ err: error, reportId: report.id }, 'running time may be too high');
      return passed;
    }
  }

  return {
    signal: stop.signal,
    countedMs,
    close() {
      closed = true;
      clearTimeout(timer);
      forget();
    },
  };
}
