/** What the operator may have done to a queue in Bull Board, and who serves it. */
import type { Queue } from 'bullmq';
import type { QueueHealth } from '../domain/ports/work.ts';

/** Where the server does not let us list its clients, BullMQ counts one worker: unknown is not none. */
export async function healthOf(queue: Queue): Promise<QueueHealth> {
  const [paused, concurrency, rate, workers] = await Promise.all([
    queue.isPaused(),
    queue.getGlobalConcurrency(),
    queue.getGlobalRateLimit(),
    queue.getWorkersCount(),
  ]);
  // we set none of these limits ourselves
  return { paused: paused || concurrency !== null || rate !== null, workers };
}
