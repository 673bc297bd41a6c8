import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';

/**
 * Suspends a process, but not in the middle of a write: it would keep SQLite's lock while it
 * sleeps, and every other writer would wait.
 * @param send sends a signal to the process
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
