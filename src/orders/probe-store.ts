/** Whether the store accepts writes: one that only answers reads (disk full, read-only) cannot take an order. */
import type { Store } from '../domain/ports/store.ts';
import { type Probe, sharedProbe } from './shared-probe.ts';

/** A lease that nobody keeps: it expires at once, so that every process may write it. */
const PROBE = 'readiness-probe';

/**
 * @param deps.everyMs writes at most this often
 * @returns a probe that rejects when the store does not answer, or does not accept a write
 */
export function createProbeStore(deps: {
  store: Pick<Store, 'ping' | 'leases'>;
  clock: () => Date;
  everyMs: number;
}): Probe {
  const { store, clock } = deps;
  const write = sharedProbe(() => store.leases.take(PROBE, String(process.pid), clock(), 0), deps);

  return async () => {
    await store.ping();
    await write();
  };
}
