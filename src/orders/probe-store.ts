/** Whether the store takes writes: one that only answers reads (disk full, read-only) is no place for an order. */
import type { Store } from '../domain/ports/store.ts';

/** A lease that nobody holds: it ends as it is taken, so that every process may write it. */
const PROBE = 'readiness-probe';

export type ProbeStore = () => Promise<void>;

/**
 * @param deps.everyMs a write at most this often, however many ask; those between hear of the last
 * @returns a probe that rejects when the store does not answer, or does not take a write
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
      write.catch(() => {}); // told by the await below, unless nobody waits any more
      last = { at: now.getTime(), write };
    }
    await last.write;
  };
}
