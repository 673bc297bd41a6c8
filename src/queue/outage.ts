/** An outage of Redis repeats its fault every second. The log tells of it once, and of its end. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Log } from '../telemetry/log.ts';
import { tryWrite } from './try-write.ts';

/** @returns takes each fault of a connection, or of whoever uses it */
export function tellOutages(redis: Redis, everyMs: number, log: Log): (error: Error) => void {
  let faults = 0;
  let away = false;

  /** An answer alone proves nothing: a read replica answers. It is over when a write passed and all were quiet. */
  async function untilOver(): Promise<void> {
    while (redis.status !== 'end') {
      const before = faults;
      await sleep(everyMs, undefined, { ref: false });
      const written = await tryWrite(redis).then(
        () => true,
        () => false,
      );
      if (!written || faults !== before) continue;
      log.info('Redis is back');
      break;
    }
    away = false;
  }

  return (error) => {
    faults += 1;
    if (away) return log.debug({ err: error }, 'Redis is still away');
    away = true;
    log.warn({ err: error }, 'Redis is away, or refuses what it is asked');
    void untilOver();
  };
}
