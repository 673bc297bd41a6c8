/** Queues that are paused or that nobody serves. */
import type { Timings } from '../../domain/patience.ts';
import type { QueueHealth } from '../../domain/ports/work.ts';
import type { QueueName } from '../../domain/product.ts';
import { type Finding, utc } from '../letters/keep-alarms.ts';

export function findQueues(
  health: Readonly<Record<QueueName, QueueHealth>>,
  { queueStill: afterMs }: Pick<Timings, 'queueStill'>,
): Finding[] {
  return Object.entries(health).flatMap(([queue, { paused, workers }]) => {
    const found: Finding[] = [];
    const find = (cause: string, what: string, then: string) =>
      found.push({
        cause: `${cause}-${queue}`,
        since: null,
        afterMs,
        note: (since) => `${what}: ${queue}\nSince ${utc(since.toISOString())}. ${then}`,
      });
    if (paused) {
      const then =
        'Its reports wait, and fail at their deadline. Somebody paused or limited it in Bull Board: let it run there.';
      find('queue-paused', 'a queue is paused or limited', then);
    }
    if (workers === 0) {
      const then =
        'Its reports wait, and fail at their deadline. Start its worker, and read in its log why it ended.';
      find('queue-unserved', 'no worker serves a queue', then);
    }
    return found;
  });
}

/** @param answers whether Redis did, just now */
export function findRedis(
  answers: boolean,
  { queueStill: afterMs }: Pick<Timings, 'queueStill'>,
): Finding[] {
  if (answers) return [];
  const then =
    'No job is added or taken: reports wait. Nothing is lost: the sweeper adds every job again when Redis is back.';
  return [
    {
      cause: 'redis-away',
      since: null,
      afterMs,
      note: (since) => `Redis does not answer\nSince ${utc(since.toISOString())}. ${then}`,
    },
  ];
}
