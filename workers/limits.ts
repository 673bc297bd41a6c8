/** The limits of a report's running time: the soft one stops the run, the hard one the process. */
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
  log: Log;
  clock: () => Date;
}

/** Counts on from the running time of the report's ended runs. */
export function limitRunningTime(
  { store, watchRun, log, clock }: LimitDeps,
  report: Report,
  { softMs, hardMs }: Pick<Limits, 'softMs' | 'hardMs'>,
): { signal: AbortSignal; close(): void } {
  const stop = new AbortController();
  const forget = watchRun(report, hardMs);
  const startedAt = clock().getTime();
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
    const now = clock();
    const passed = now.getTime() - startedAt;
    try {
      return passed - uncountedMs(await store.modelCalls.ofReport(report.id), report.fence, now);
    } catch (error) {
      log.warn({ err: error, reportId: report.id }, 'running time taken as it passed');
      return passed;
    }
  }

  return {
    signal: stop.signal,
    close() {
      closed = true;
      clearTimeout(timer);
      forget();
    },
  };
}
