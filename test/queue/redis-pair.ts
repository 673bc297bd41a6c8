/** Two redis-servers, one a replica of the other, reached through one address, as a managed service's are. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { layLine } from '../../chaos/line.ts';
import { startRedis } from './redis-server.ts';

export interface RedisPair {
  /** of whichever is the primary; what is connected stays where it is */
  url: string;
  /** The replica becomes the primary. The address still leads to the old one, which now is a read replica. */
  promote(): Promise<void>;
  /** The address leads to the new primary. */
  repoint(): void;
  /** Both, one after the other. */
  failOver(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedisPair(): Promise<RedisPair> {
  let [primary, replica] = [await startRedis(), await startRedis()];
  await follow(replica.url, primary.url);
  const line = await layLine({ port: portOf(primary.url) });

  async function promote(): Promise<void> {
    await command(primary.url, async (redis) => {
      // replicas get this write after all earlier ones: none is lost
      await redis.set('in-step', '', 'PX', 1);
      await redis.wait(1, 10_000);
    });
    await command(replica.url, (redis) => redis.replicaof('NO', 'ONE'));
    await follow(primary.url, replica.url);
    [primary, replica] = [replica, primary];
  }
  const repoint = () => line.leadTo(portOf(primary.url));

  return {
    url: `redis://127.0.0.1:${line.port}`,
    promote,
    repoint,
    async failOver() {
      await promote();
      repoint();
    },
    async close() {
      line.close();
      await Promise.all([primary.close(), replica.close()]);
    },
  };
}

/** Resolves when the replica has all that the primary has. */
async function follow(replica: string, primary: string): Promise<void> {
  await command(replica, async (redis) => {
    await redis.replicaof('127.0.0.1', portOf(primary));
    while (!(await redis.info('replication')).includes('master_link_status:up')) await sleep(5);
  });
}

async function command<T>(url: string, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await run(redis);
  } finally {
    redis.disconnect();
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
