/** Whether the store accepts writes: one that only answers reads (disk full, read-only) cannot take an order. */
import type { Store } from '../domain/ports/store.ts';

/** A lease that nobody keeps: it expires at once, so that every process may write it. */
const PROBE = 'readiness-probe';

export type ProbeStore = () => Promise<void>;

/**
 * @param deps.everyMs writes at most this often; calls in between get the result of the last write
 * @returns a probe that rejects when the store does not answer, or does not accept a write
 */
export function createProbeStore(deps: {
  store: Pick<Store, 'ping' | 'leases'>;
  clock: () => Date;
  everyMs: number;
}): ProbeStore {
  let last: { at: number; write: Promise<unknown> } | null = null;

  return async () => {
    await deps.store.ping();
    const now = deps.clock();
    if (last === null || now.getTime() - last.at >= deps.everyMs) {
      const write = deps.store.leases.take(PROBE, String(process.pid), now, 0);
      write.catch(() => {}); // the await below reports it, unless nobody waits any more
      last = { at: now.getTime(), write };
    }
    await last.write;
  };
}
