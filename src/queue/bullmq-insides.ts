/**
 * What this folder needs of BullMQ that BullMQ does not promise: how a delayed job's time is stored, and a
 * worker's listening connection. BullMQ is pinned exactly, and a test checks both against the installed version.
 */
import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/** The score of a delayed job is its time in milliseconds, shifted by twelve bits. */
const SCORE_SHIFT = 0x1000;

/**
 * The job's own `delay` does not say from when it counts.
 * @returns when a delayed job is due, milliseconds since 1970; null: it is no longer delayed
 */
export async function dueAt(redis: Redis, queue: Queue, jobId: string): Promise<number | null> {
  const score = await redis.zscore(queue.toKey('delayed'), jobId);
  return score === null ? null : Number(score) / SCORE_SHIFT;
}

/** Ends the call that waits for the next job: it would swallow the wake-up that another worker needs. */
export async function stopListening(worker: Worker): Promise<void> {
  await worker.backend.disconnectBlocking();
}
