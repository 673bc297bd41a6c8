import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { QUEUES } from '../../src/domain/product.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { type MongoServer, startMongoServer } from '../store/mongo-server.ts';
import { type Installation, install, sizeOf, start } from './production.ts';
import { readBlueprint, renderProcesses } from './read-deploy.ts';

const INSTALLING = 180_000;
let mongo: MongoServer;
let redis: RedisServer;
let workers: Installation;
let api: Installation;
const [apiProcess, ...workerProcesses] = renderProcesses(readBlueprint());

beforeAll(async () => {
  [mongo, redis] = await Promise.all([startMongoServer(), startRedis()]);
  workers = install('Dockerfile.worker');
  api = install('Dockerfile.api', workers);
}, INSTALLING);
afterAll(async () => {
  await Promise.all([mongo?.stop(), redis?.close()]);
  workers?.remove();
  api?.remove();
});

/** As render.yaml gives it, with this machine's servers. */
const here = (environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...environment,
  DATABASE_URL: mongo.url,
  REDIS_URL: redis.url,
  HOST: '127.0.0.1',
  WORK_DIR: join(workers.folder, 'work'),
});

test('the API serves from its image alone, with neither OpenAI nor pdfkit in it, and ends at SIGTERM', async () => {
  for (const name of ['openai', '@openai/agents', 'pdfkit', '@copilotkit/aimock', 'typescript']) {
    expect(existsSync(join(api.folder, 'node_modules', name)), name).toBe(false);
  }
  const port = await freePort();
  const environment = { ...here(apiProcess?.environment), PORT: String(port) };
  expect(loadConfig('api', environment).production).toBe(true);
  const running = await start(api, 'src/server.ts', environment);
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready', away: [] });
  expect((await ask('/v1/products')).status).toBe(200);
  expect((await ask('/docs/')).status).toBe(200);
  expect((await ask('/operator/queues')).status).toBe(401);
  tell(
    `packages: API ${sizeOf(api, 'node_modules')} MB, workers ${sizeOf(workers, 'node_modules')} MB; src ${sizeOf(api, 'src')} MB`,
  );
  tell(`api: ready in ${running.secondsToReady.toFixed(1)} s, ${running.memory()} MB`);
  expect(await running.stop()).toBe(0);
  for (const line of running.output().trim().split('\n'))
    expect(() => JSON.parse(line)).not.toThrow();
});

test.each(QUEUES)(
  'the %s worker takes jobs from its image alone, and ends at SIGTERM',
  async (queue) => {
    const given = workerProcesses.find(({ name }) => name === `almanac-${queue}`)?.environment;
    const running = await start(workers, `workers/${queue}.ts`, here(given));
    tell(`${queue}: ready in ${running.secondsToReady.toFixed(1)} s, ${running.memory()} MB`);
    expect(await running.stop()).toBe(0);
    expect(running.output()).not.toMatch(/MODULE_NOT_FOUND|experimental/i);
  },
);

/** Figures, for who runs this alone. */
function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

test('operators have their commands in the images; those for development stay out of the list', () => {
  for (const image of [api, workers]) {
    const { stdout, status } = spawnSync(process.execPath, ['cli/almanac.ts'], {
      cwd: image.folder,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}usage /m);
    expect(stdout).not.toMatch(/^ {2}(demo|report) /m);
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
