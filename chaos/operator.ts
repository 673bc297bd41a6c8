/** The operator on call: releases held reports as often as needed, and hastens waiting ones after the faults. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';
import type { Timings } from '../src/domain/timings.ts';
import { createMoveReport } from '../src/orders/operators/move-report.ts';
import { createLog } from '../src/telemetry/log.ts';
import { catalogue } from './catalogue.ts';

/** Shorter waits are left alone: chaos tests that reports resume by themselves. */
const LONG_MS = 20_000;

/** @param isCalm whether the faults are over @returns once `signal` is aborted */
export async function operate(
  store: Store,
  timings: Pick<Timings, 'sweep' | 'deadline'>,
  isCalm: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  const deps = {
    store,
    catalogue,
    timings,
    queue: { ensure: async () => 'present' as const }, // the sweeper adds the job
    signals: { wake: () => {} },
    log: createLog({ level: 'silent', pretty: false, process: 'chaos' }),
    clock: () => new Date(),
  };
  const moveReport = createMoveReport(deps);
  const why = 'chaos is over';
  while (!signal.aborted) {
    const held = await Array.fromAsync(store.reports.inStates(['held'])).catch(() => []);
    for (const { id } of held) await moveReport('release', id, { why }).catch(() => {});
    const waiting = isCalm()
      ? await Array.fromAsync(store.reports.inStates(['waiting'])).catch(() => [])
      : [];
    for (const { id, notBefore } of waiting) {
      const waitMs = notBefore === null ? 0 : Date.parse(notBefore) - Date.now();
      if (waitMs > LONG_MS) await moveReport('hasten', id, { why }).catch(() => {});
    }
    await sleep(timings.sweep, undefined, { signal }).catch(() => {});
  }
}
