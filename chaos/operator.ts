/** The operator on call: what is held goes on, as often as it takes; what waits goes on once the faults are over. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';
import type { Timings } from '../src/domain/timings.ts';
import { createHastenReport } from '../src/orders/operators/hasten-report.ts';
import { createReleaseReport } from '../src/orders/operators/release-report.ts';
import { createLog } from '../src/telemetry/log.ts';
import { catalogue } from './catalogue.ts';

/** A shorter wait is left to the report itself: that it goes on alone is what is being tried. */
const LONG_MS = 20_000;

/** @param isCalm whether the faults are over @returns once `signal` is aborted */
export async function operate(
  store: Store,
  timings: Pick<Timings, 'sweep'>,
  isCalm: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  const deps = {
    store,
    catalogue,
    queue: { ensure: async () => 'present' as const }, // the sweeper adds the job
    signals: { wake: () => {} },
    log: createLog({ level: 'silent', pretty: false, process: 'chaos' }),
    clock: () => new Date(),
  };
  const release = createReleaseReport(deps);
  const hasten = createHastenReport(deps);
  while (!signal.aborted) {
    const held = await Array.fromAsync(store.reports.inStates(['held'])).catch(() => []);
    for (const { id } of held) await release(id, 'chaos is over').catch(() => {});
    const waiting = isCalm()
      ? await Array.fromAsync(store.reports.inStates(['waiting'])).catch(() => [])
      : [];
    for (const { id, notBefore } of waiting) {
      const waitMs = notBefore === null ? 0 : Date.parse(notBefore) - Date.now();
      if (waitMs > LONG_MS) await hasten(id).catch(() => {});
    }
    await sleep(timings.sweep, undefined, { signal }).catch(() => {});
  }
}
