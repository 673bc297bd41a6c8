/** The house's Redis: a primary, a replica, and the line that leads to whichever is the primary. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../cli/local/ports.ts';
import { type Line, layLine } from './line.ts';
import { createProcess, type HouseProcess } from './process.ts';
import { follow, swap } from './replication.ts';

export interface RedisServers {
  /** what the house's processes use */
  line: Line;
  primary(): HouseProcess;
  /** of the primary, past the line */
  url(): string;
  /**
   * As a managed service fails over: the replica takes over, the line leads there after a while, and whoever is
   * connected stays with the old primary, which now only answers reads.
   */
  failOver(repointAfterMs: number): Promise<void>;
  kill(): void;
  close(): Promise<void>;
}

interface Server {
  port: number;
  process: HouseProcess;
}

export async function startRedisServers(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<RedisServers> {
  let [primary, replica] = [
    await startServer('redis', folder, env),
    await startServer('redis-2', folder, env),
  ];
  await follow(replica.port, primary.port);
  const line = await layLine({ port: primary.port });
  return {
    line,
    primary: () => primary.process,
    url: () => `redis://127.0.0.1:${primary.port}`,
    async failOver(repointAfterMs) {
      if (!primary.process.running()) return; // another fault has it down already
      await swap(primary.port, replica.port);
      [primary, replica] = [replica, primary];
      await sleep(repointAfterMs);
      line.leadTo(primary.port);
    },
    kill() {
      for (const { process } of [primary, replica]) process.signal('SIGKILL');
    },
    async close() {
      line.close();
      await Promise.all([primary, replica].map(({ process }) => process.end('SIGKILL')));
    },
  };
}

async function startServer(name: string, folder: string, env: NodeJS.ProcessEnv): Promise<Server> {
  const port = await freePort();
  const process = createProcess({
    name,
    program: 'redis-server',
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
      ...['--repl-diskless-sync-delay', '0', '--repl-diskless-load', 'swapdb'],
    ],
    env,
    logFile: join(folder, `logs/${name}.log`),
    ready: () => answering(port),
  });
  await process.start();
  return { port, process };
}

async function answering(port: number): Promise<void> {
  const redis = new Redis(port, '127.0.0.1', {
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
  });
  redis.on('error', () => {}); // connections are refused until Redis listens
  await Promise.race([redis.ping(), sleep(10_000)]);
  redis.disconnect();
}
