/** The whole product on one machine: Redis, sandbox, API and the four workers, each its own process. */
import { join } from 'node:path';
import { z } from 'zod';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { QueueName } from '../../src/domain/product.ts';
import { type Child, startChild } from './child.ts';
import { freePort, startRedis } from './redis.ts';

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
  /** keys and addresses of the person's own environment win, but only where this is set */
  environment: NodeJS.ProcessEnv;
}

export interface Stack {
  apiUrl: string;
  databaseUrl: string;
  sandbox: SandboxUrls;
  logs: string;
  /** Rejects when the API or a worker ends by itself. */
  broken: Promise<never>;
  /** Ends and starts API and workers again, on the same data. */
  restart(): Promise<void>;
  /** Kills one process as a crash would, and starts it again. */
  crash(name: ProcessName): Promise<void>;
  stop(): Promise<void>;
}

const ENTRIES: Record<ProcessName, string> = {
  api: 'src/server.ts',
  'worker-life-clarity': 'workers/life-clarity.ts',
  'worker-blueprint': 'workers/blueprint.ts',
  'worker-personal-horoscope': 'workers/personal-horoscope.ts',
  'worker-bundle': 'workers/bundle.ts',
};

const sandboxUrls = z.object({
  openai: z.url(),
  stripe: z.url(),
  sendgrid: z.url(),
  blob: z.url(),
});
export type SandboxUrls = z.infer<typeof sandboxUrls>;

export type ProcessName = 'api' | `worker-${QueueName}`;

/** Starts everything; what started is stopped again when a part does not. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const started: Started = { servers: [], processes: [] };
  try {
    return await startParts(options, started);
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

/** Servers outlive a restart of the processes that use them. */
interface Started {
  servers: Child[];
  processes: Child[];
}

/** Those that use a server end before the server does. */
async function stopAll({ servers, processes }: Started): Promise<void> {
  await Promise.all(processes.splice(0).map((child) => child.stop()));
  await Promise.all(servers.splice(0).map((child) => child.stop()));
}

async function startParts(options: StackOptions, started: Started): Promise<Stack> {
  const { folder } = options;
  const logs = join(folder, 'logs');
  const apiPort = options.apiPort || (await freePort());
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const databaseUrl = options.environment.DATABASE_URL || `sqlite:${join(folder, 'almanac.db')}`;

  const node = (name: string, file: string, env: NodeJS.ProcessEnv) =>
    startChild({
      name,
      program: process.execPath,
      args: [join(ROOT, file)],
      env: { ...options.environment, ...env },
      logFile: join(logs, `${name}.log`),
      ipc: true,
    });

  let redisUrl = options.environment.REDIS_URL;
  if (!redisUrl) {
    const redis = await startRedis(folder);
    started.servers.push(redis.child);
    redisUrl = redis.url;
  }
  const port = (offset: number) =>
    String(options.sandboxPort === 0 ? 0 : options.sandboxPort + offset);
  const sandboxChild = await node('sandbox', 'sandbox/main.ts', {
    SANDBOX_OPENAI_PORT: port(0),
    SANDBOX_STRIPE_PORT: port(1),
    SANDBOX_SENDGRID_PORT: port(2),
    SANDBOX_BLOB_PORT: port(3),
    SANDBOX_LATENCY_MS: String(options.latencyMs),
    SANDBOX_WEBHOOK_URL: `${apiUrl}/v1/webhooks/stripe`,
    SANDBOX_MAIL_WEBHOOK_URL: `${apiUrl}/v1/webhooks/sendgrid`,
  });
  const { urls: sandbox } = z.object({ urls: sandboxUrls }).parse(sandboxChild.message);
  started.servers.push(sandboxChild);

  const env = {
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: apiUrl,
    PORT: String(apiPort),
    WORK_DIR: join(folder, 'work'),
    OPERATOR_PASSWORD: options.operatorPassword,
    ...withoutKey(options.environment, sandbox),
  };
  const { promise: broken, reject: breaks } = Promise.withResolvers<never>();
  broken.catch(() => {});
  const { processes } = started;
  const start = async (name: ProcessName) => {
    const child = await node(name, ENTRIES[name], env);
    processes.push(child);
    void child.ended.then(() => {
      if (!processes.includes(child)) return;
      breaks(new AlmanacError('child_failed', `${name} ended: see ${logs}`));
    });
  };
  const startAll = async () => {
    const names = Object.keys(ENTRIES) as ProcessName[];
    const starting = await Promise.allSettled(names.map(start));
    const failed = starting.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  };
  await startAll();

  return {
    apiUrl,
    databaseUrl,
    sandbox,
    logs,
    broken,
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

/** The sandbox's address for each provider that the environment has no key of. */
function withoutKey(environment: NodeJS.ProcessEnv, sandbox: SandboxUrls): NodeJS.ProcessEnv {
  return {
    ...(environment.OPENAI_API_KEY ? {} : { OPENAI_BASE_URL: `${sandbox.openai}/v1` }),
    ...(environment.STRIPE_SECRET_KEY ? {} : { STRIPE_API_URL: sandbox.stripe }),
    ...(environment.SENDGRID_API_KEY ? {} : { SENDGRID_API_URL: sandbox.sendgrid }),
    ...(environment.BLOB_READ_WRITE_TOKEN ? {} : { VERCEL_BLOB_API_URL: sandbox.blob }),
  };
}
