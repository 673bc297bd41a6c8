/** How a worker closes: what it owes first, and every step within its time, whoever is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';
import type { Timings } from '../src/domain/timings.ts';

export interface Closing {
  /** gives its runs back; keeps its own time */
  consumer: { close(): Promise<void> };
  chores: { close(): Promise<void> };
  store: Pick<Store, 'close'>;
  timings: Pick<Timings, 'handOver'>;
}

/** Redis' connections owe nothing, and would not close while it is away: they end with the process. */
export async function closeWorker({ consumer, chores, store, timings }: Closing): Promise<void> {
  const atMost = (step: Promise<void>) => Promise.race([step, sleep(timings.handOver)]);
  await Promise.allSettled([consumer.close(), atMost(chores.close())]);
  // what was acknowledged is on the disk: only what nobody waits for any more is cut short
  await atMost(store.close());
}
