/** The whole product on one machine: Redis, sandbox, API and the four workers, each its own process. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { makePrivateFolder } from '../../src/disk/private.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { QueueName } from '../../src/domain/product.ts';
import { type Child, startChild } from './child.ts';
import { assertFree, freePort } from './ports.ts';
import { assertAnswers, hasRedisServer } from './redis.ts';
import { type SandboxUrls, sandboxAddresses, sandboxUrls } from './sandbox-addresses.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

export interface StackOptions {
  /** data and logs of this stack */
  folder: string;
  /** mean answer time of the sandbox model */
  latencyMs: number;
  /** port of the API; 0: any free one */
  apiPort: number;
  /** ports of the sandbox, from this one up; 0: any free ones */
  sandboxPort: number;
  operatorPassword: string;
  /** what the processes find in their environment; the sandbox plays each provider without a key */
  environment: NodeJS.ProcessEnv;
  /** stops everything, even while it is still starting */
  signal: AbortSignal;
  /** called when the API or a worker has ended by itself */
  onCrash: (name: ProcessName) => void;
}

export interface Stack {
  apiUrl: string;
  databaseUrl: string;
  sandbox: SandboxUrls;
  logs: string;
  /** Rejects when Redis or the sandbox ends by itself. */
  broken: Promise<never>;
  /** Starts a process that has ended. */
  start(name: ProcessName): Promise<void>;
  /** Ends and starts API and workers again, on the same data. */
  restart(): Promise<void>;
  /** Kills one process as a crash would, and starts it again. */
  crash(name: ProcessName): Promise<void>;
  stop(): Promise<void>;
}

const ENTRIES = {
  api: 'src/server.ts',
  'worker-life-clarity': 'workers/life-clarity.ts',
  'worker-blueprint': 'workers/blueprint.ts',
  'worker-personal-horoscope': 'workers/personal-horoscope.ts',
  'worker-bundle': 'workers/bundle.ts',
} satisfies Record<`worker-${QueueName}` | 'api', string>;
export type ProcessName = keyof typeof ENTRIES;

/** Servers outlive a restart of the processes that use them. */
interface Started {
  servers: Child[];
  processes: Child[];
}

/** Starts everything. If a part does not start, or `signal` aborts, what did start is stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const started: Started = { servers: [], processes: [] };
  const stop = () => void stopAll(started);
  options.signal.addEventListener('abort', stop);
  try {
    return await startParts(options, started);
  } catch (error) {
    await stopAll(started);
    options.signal.throwIfAborted();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
}

/** Processes that use a server end before the server does. */
async function stopAll({ servers, processes }: Started): Promise<void> {
  await Promise.all(processes.splice(0).map((child) => child.stop()));
  await Promise.all(servers.splice(0).map((child) => child.stop()));
}

async function startParts(options: StackOptions, started: Started): Promise<Stack> {
  const { environment, signal } = options;
  const folder = resolve(options.folder);
  makePrivateFolder(folder);
  const logs = join(folder, 'logs');
  if (options.apiPort) await assertFree(options.apiPort, ', or set PORT');
  if (options.sandboxPort) await assertFree(options.sandboxPort, '');
  const apiPort = options.apiPort || (await freePort());
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const databaseUrl = environment.DATABASE_URL || `sqlite:${join(folder, 'almanac.db')}`;

  const { promise: broken, reject: breaks } = Promise.withResolvers<never>();
  broken.catch(() => {});
  const node = (
    group: Child[],
    name: string,
    file: string,
    env: NodeJS.ProcessEnv,
    args = [''],
  ) => {
    signal.throwIfAborted();
    const child = startChild({
      name,
      args: [join(ROOT, file), ...args],
      env: { ...environment, ...env },
      logFile: join(logs, `${name}.log`),
    });
    group.push(child);
    return child;
  };
  const server = (name: string, file: string, env: NodeJS.ProcessEnv, args?: string[]) => {
    const child = node(started.servers, name, file, env, args);
    void child.ended.then(() => {
      if (!started.servers.includes(child)) return;
      breaks(new AlmanacError('child_failed', `${name} ended: see ${logs}`));
    });
    return child.ready;
  };

  const redisUrl = await redisOf(environment, () =>
    server('redis', 'cli/local/redis-guard.ts', {}, [join(folder, 'redis')]),
  );
  const said = await server('sandbox', 'sandbox/main.ts', {
    ...sandboxAddresses.listen(options.sandboxPort),
    SANDBOX_LATENCY_MS: String(options.latencyMs),
    SANDBOX_WEBHOOK_URL: `${apiUrl}/v1/webhooks/stripe`,
    SANDBOX_MAIL_WEBHOOK_URL: `${apiUrl}/v1/webhooks/sendgrid`,
  });
  const { urls: sandbox } = z.object({ urls: sandboxUrls }).parse(said);

  const env = {
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: apiUrl,
    PORT: String(apiPort),
    WORK_DIR: join(folder, 'work'),
    OPERATOR_PASSWORD: options.operatorPassword,
    ...sandboxAddresses.use(environment, sandbox),
  };
  const { processes } = started;
  const start = async (name: ProcessName) => {
    const child = node(processes, name, ENTRIES[name], env);
    await child.ready;
    void child.ended.then(() => {
      if (!processes.includes(child)) return;
      processes.splice(processes.indexOf(child), 1);
      options.onCrash(name);
    });
  };
  const startAll = () => Promise.all((Object.keys(ENTRIES) as ProcessName[]).map(start));
  await startAll();

  return {
    apiUrl,
    databaseUrl,
    sandbox,
    logs,
    broken,
    start,
    async restart() {
      await Promise.all(processes.splice(0).map((child) => child.stop()));
      await startAll();
    },
    async crash(name) {
      const victim = processes.find((child) => child.name === name);
      if (victim) {
        processes.splice(processes.indexOf(victim), 1);
        await victim.kill();
      }
      await start(name);
    },
    stop: () => stopAll(started),
  };
}

/** @returns its address */
async function redisOf(
  environment: NodeJS.ProcessEnv,
  startOwn: () => Promise<unknown>,
): Promise<string> {
  const { REDIS_URL } = environment;
  if (REDIS_URL && !hasRedisServer(environment)) {
    await assertAnswers(REDIS_URL);
    return REDIS_URL;
  }
  return z.object({ url: z.string() }).parse(await startOwn()).url;
}
