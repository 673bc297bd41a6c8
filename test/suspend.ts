import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';

/**
 * Suspends a process, not in the middle of a write: SQLite's lock would sleep with it, and whoever
 * else writes would wait.
 * @param send a signal to the process
 */
export async function suspend(
  send: (signal: NodeJS.Signals) => unknown,
  store: Pick<Store, 'leases'>,
): Promise<void> {
  for (;;) {
    send('SIGSTOP');
    const write = store.leases.release('nobody', 'nobody').then(() => true);
    if (await Promise.race([write, sleep(500, false)])) return;
    send('SIGCONT');
    await write;
  }
}
