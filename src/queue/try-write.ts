/** Whether Redis takes writes: a read replica, or one without room, only answers. */
import type { Redis } from 'ioredis';

/** Holds nothing and is gone after a millisecond: any number of processes may write it. */
export const PROBE_KEY = 'almanac:probe';

/** @throws what Redis replied, or why it did not */
export async function tryWrite(redis: Redis): Promise<void> {
  await redis.set(PROBE_KEY, '', 'PX', 1);
}
