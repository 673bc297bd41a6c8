/** The whole house as processes: two Redis servers behind a line, sandbox, two APIs, six workers, one store. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../cli/local/ports.ts';
import { type SandboxUrls, sandboxAddresses, sandboxUrls } from '../cli/local/sandbox-addresses.ts';
import type { QueueName } from '../src/domain/product.ts';
import { createProcess, type HouseProcess } from './process.ts';
import { type RedisServers, startRedisServers } from './redis-servers.ts';
import { type StoreServer, startStoreServer } from './store-server.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const PRELOAD = join(ROOT, 'chaos/preload.ts');
/** Six workers: one for each queue, and two where reports are long. */
const WORKERS: readonly QueueName[] = [
  'life-clarity',
  'blueprint',
  'blueprint',
  'personal-horoscope',
  'personal-horoscope',
  'bundle',
];

export interface House {
  folder: string;
  apiUrls: string[];
  store: StoreServer;
  witnessFile: string;
  sandbox: SandboxUrls;
  apis: HouseProcess[];
  workers: HouseProcess[];
  redis: RedisServers;
  /** Starts one more worker. @param build see catalogue.ts */
  hire(queue: QueueName, build: number): Promise<HouseProcess>;
  /** @returns names of the processes that did not exit cleanly when told to */
  close(): Promise<string[]>;
}

export interface HouseOptions {
  /** data and logs */
  folder: string;
  /** divides every wait */
  timeScale: number;
  store: 'sqlite' | 'mongo';
  /** mean time of a model's answer */
  latencyMs: number;
  /** default: six, one for each queue and two where reports are long */
  workers?: readonly QueueName[];
  /** more variables for API and workers */
  environment?: NodeJS.ProcessEnv;
}

export async function openHouse(options: HouseOptions): Promise<House> {
  const { folder } = options;
  const logs = join(folder, 'logs');
  mkdirSync(logs, { recursive: true });
  const witnessFile = join(folder, 'witness.jsonl');
  const { PATH, HOME } = process.env;
  const own = { PATH, HOME };

  const redis = await startRedisServers(folder, own);
  const store = await startStoreServer(options.store, folder);

  const ports = [await freePort(), await freePort()];
  const apiUrls = ports.map((port) => `http://127.0.0.1:${port}`);
  let sandbox: SandboxUrls | null = null;
  const stand = createProcess({
    name: 'sandbox',
    program: process.execPath,
    args: [join(ROOT, 'sandbox/main.ts')],
    env: {
      ...own,
      ...sandboxAddresses.listen(0),
      SANDBOX_LATENCY_MS: String(options.latencyMs),
      SANDBOX_WEBHOOK_URL: `${apiUrls[0]}/v1/webhooks/stripe`,
      SANDBOX_MAIL_WEBHOOK_URL: `${apiUrls[0]}/v1/webhooks/sendgrid`,
    },
    logFile: join(logs, 'sandbox.log'),
    async ready(child) {
      const [message] = await once(child, 'message');
      sandbox = sandboxUrls.parse(message.urls);
    },
  });
  await stand.start();
  if (sandbox === null) throw new Error('the sandbox did not send its URLs');
  const urls: SandboxUrls = sandbox;

  const env = {
    ...own,
    ...sandboxAddresses.use({}, urls),
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    TIME_SCALE: String(options.timeScale),
    DATABASE_URL: store.databaseUrl,
    REDIS_URL: `redis://127.0.0.1:${redis.line.port}`,
    PUBLIC_URL: apiUrls[0],
    WORK_DIR: join(folder, 'work'),
    CHAOS_WITNESS: witnessFile,
    ...options.environment,
  };
  const node = (name: string, file: string, more: NodeJS.ProcessEnv = {}) =>
    createProcess({
      name,
      program: process.execPath,
      args: ['--import', PRELOAD, join(ROOT, file)],
      env: { ...env, ...more },
      logFile: join(logs, `${name}.log`),
    });
  const apis = ports.map((port, index) =>
    node(`api-${index + 1}`, 'src/server.ts', { PORT: String(port) }),
  );
  const workers: HouseProcess[] = [];
  async function hire(queue: QueueName, build: number): Promise<HouseProcess> {
    const name = `worker-${workers.length + 1}-${queue}`;
    const more = { WORK_DIR: join(folder, name), CHAOS_BUILD: String(build) };
    const worker = node(name, `workers/${queue}.ts`, more);
    workers.push(worker);
    await worker.start();
    return worker;
  }

  const killAll = () => {
    redis.kill();
    for (const each of [stand, ...apis, ...workers]) each.signal('SIGKILL');
  };
  process.once('exit', killAll); // an interrupted run must leave no processes behind
  const hired = (options.workers ?? WORKERS).map((queue) => hire(queue, 1));
  await Promise.all([...apis.map((api) => api.start()), ...hired]);

  return {
    folder,
    apiUrls,
    store,
    witnessFile,
    sandbox: urls,
    hire,
    apis,
    workers,
    redis,
    async close() {
      const ends = await Promise.all(
        [...workers, ...apis].map(async (each) => ({
          name: each.name,
          code: each.running() ? await each.end('SIGTERM') : 0,
        })),
      );
      await stand.end('SIGTERM');
      await redis.close();
      await store.close();
      process.off('exit', killAll);
      return ends.filter(({ code }) => code !== 0).map(({ name }) => name);
    },
  };
}
