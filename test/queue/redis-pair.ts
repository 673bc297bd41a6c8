/** Two redis-servers, one a replica of the other, reached through one address, as a managed service's are. */
import { layLine } from '../../chaos/line.ts';
import { follow, swap } from '../../chaos/replication.ts';
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
  await follow(portOf(replica.url), portOf(primary.url));
  const line = await layLine({ port: portOf(primary.url) });

  async function promote(): Promise<void> {
    await swap(portOf(primary.url), portOf(replica.url));
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

function portOf(url: string): number {
  return Number(new URL(url).port);
}
