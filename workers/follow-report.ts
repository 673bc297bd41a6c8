/** Watches, during a run, whether its report is cancelled, held, or claimed by another run. */
import { StaleRun } from '../src/domain/errors.ts';
import type { Timings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Signals } from '../src/domain/ports/work.ts';
import type { Report } from '../src/domain/report.ts';
import { stillHeldBy } from '../src/domain/transitions.ts';

export interface FollowDeps {
  store: Pick<Store, 'reports'>;
  signals: Pick<Signals, 'listen'>;
  timings: Pick<Timings, 'poll'>;
}

/**
 * Looks whenever the order is woken, on any host, and every `timings.poll` in case Redis is away.
 * @returns a signal aborted with StaleRun, which reaches every call in flight
 */
export function followReport(
  { store, signals, timings }: FollowDeps,
  held: Pick<Report, 'id' | 'orderId' | 'fence'>,
): { signal: AbortSignal; close(): void } {
  const stop = new AbortController();

  async function look(): Promise<void> {
    // if the store is away, we know nothing new about the report
    const report = await store.reports.find(held.id).catch(() => undefined);
    if (report === undefined) return;
    if (!stillHeldBy(report, held.fence)) stop.abort(new StaleRun(held.id));
  }

  const stopListening = signals.listen(held.orderId, look);
  const timer = setInterval(look, timings.poll);
  return {
    signal: stop.signal,
    close() {
      clearInterval(timer);
      stopListening();
    },
  };
}
