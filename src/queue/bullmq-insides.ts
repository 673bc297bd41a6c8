/**
 * The parts of BullMQ that this folder needs and that it does not promise: how a delayed job's time is stored,
 * and a worker's listening connection. BullMQ is pinned exactly, and a test holds both to the installed version.
 */
import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/** The score of a delayed job is its time in milliseconds, shifted by twelve bits. */
const SCORE_SHIFT = 0x1000;

/**
 * The job's own `delay` does not say from when it counts.
 * @returns when a delayed job is due, milliseconds since 1970; null: it is not delayed any more
 */
export async function dueAt(redis: Redis, queue: Queue, jobId: string): Promise<number | null> {
  const score = await redis.zscore(queue.toKey('delayed'), jobId);
  return score === null ? null : Number(score) / SCORE_SHIFT;
}

/** Ends the call that waits for the next job: it would swallow the one that wakes another worker. */
export async function stopListening(worker: Worker): Promise<void> {
  await worker.backend.disconnectBlocking();
}
