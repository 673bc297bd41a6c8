/** Which of two Redis servers follows the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const HOST = '127.0.0.1';

/** Makes one a read replica of the other. Resolves when it has all that the other has. */
export function follow(replicaPort: number, primaryPort: number): Promise<void> {
  return command(replicaPort, async (redis) => {
    await redis.replicaof(HOST, primaryPort);
    while (!(await redis.info('replication')).includes('master_link_status:up')) await sleep(5);
  });
}

/** The replica takes writes from now on; the old primary becomes its replica, and closes no connection. */
export async function swap(primaryPort: number, replicaPort: number): Promise<void> {
  await command(primaryPort, async (redis) => {
    // replicas get this write after all earlier ones: none of those is lost
    await redis.set('in-step', '', 'PX', 1);
    await redis.wait(1, 5_000);
  });
  await command(replicaPort, (redis) => redis.replicaof('NO', 'ONE'));
  await follow(primaryPort, replicaPort);
}

async function command<T>(port: number, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(port, HOST, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {}); // the command fails, and says why
  try {
    return await run(redis);
  } finally {
    redis.disconnect();
  }
}
