/** The queues as Bull Board shows them to the operator. */
import { Queue } from 'bullmq';
import type { Timings } from '../domain/patience.ts';
import { QUEUES } from '../domain/product.ts';
import type { Log } from '../telemetry/log.ts';
import { connectProducer } from './connection.ts';

/** One BullMQ queue per product and one for bundles, over one connection of their own. */
export function createBoardQueues(options: { redisUrl: string; timings: Timings; log: Log }): {
  queues: Queue[];
  close(): Promise<void>;
} {
  const redis = connectProducer(options);
  // BullMQ remembers the result of its version check: if Redis was away then, the queue would fail for ever
  const how = { connection: redis, skipWaitingForReady: true, skipVersionCheck: true };
  const queues = QUEUES.map((name) => {
    const queue = new Queue(name, how);
    queue.on('error', () => {}); // the connection's own listener has logged it
    return queue;
  });
  return {
    queues,
    async close() {
      await Promise.allSettled(queues.map((queue) => queue.close()));
      redis.disconnect();
    },
  };
}
