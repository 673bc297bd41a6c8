/** How a worker closes: first what it owes, and every step within its time, whatever is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Timings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';

export interface Closing {
  /** gives its runs back; has a time limit of its own */
  consumer: { close(): Promise<void> };
  chores: { close(): Promise<void> };
  store: Pick<Store, 'close'>;
  timings: Pick<Timings, 'handOver'>;
}

/** Connections to Redis owe nothing, and would not close during an outage: they end with the process. */
export async function closeWorker({ consumer, chores, store, timings }: Closing): Promise<void> {
  const atMost = (step: Promise<void>) => Promise.race([step, sleep(timings.handOver)]);
  await Promise.allSettled([consumer.close(), atMost(chores.close())]);
  // what was acknowledged is on the disk: only work that nobody waits for is cut short
  await atMost(store.close());
}
