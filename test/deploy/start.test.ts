import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../cli/local/ports.ts';
import { loadConfig } from '../../src/config.ts';
import { QUEUES } from '../../src/domain/product.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { type MongoServer, startMongoServer } from '../store/mongo-server.ts';
import { type Installation, install, type Started, sizeOf, start } from './production.ts';
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
const table = [['process', 'ready in', 'memory at rest', 'node_modules', 'packages loaded']];
afterAll(async () => {
  // for anyone who runs this file alone
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0)) + 2;
  const lines = table.map((row) => row.map((cell, at) => cell.padEnd(width(at))).join(''));
  process.stdout.write(`${lines.join('\n')}\n`);
  await Promise.all([mongo?.stop(), redis?.close()]);
  workers?.remove();
  api?.remove();
});

/** The environment of render.yaml, with this machine's servers. */
const here = (environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...environment,
  DATABASE_URL: mongo.url,
  REDIS_URL: redis.url,
  HOST: '127.0.0.1',
  WORK_DIR: join(workers.folder, 'work'),
});

test('the API runs from its image alone, without OpenAI or pdfkit in it, and ends on SIGTERM', async () => {
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
  expect(await stopAndTell('api', api, running)).toBe(0);
  expect(running.loaded()).toContain('fastify');
  process.stdout.write(`the API loads ${running.loaded().join(' ')}\n`);
  for (const line of running.output().trim().split('\n'))
    expect(() => JSON.parse(line)).not.toThrow();
});

test.each(QUEUES)(
  'the %s worker takes jobs from its image alone, and ends on SIGTERM',
  async (queue) => {
    const given = workerProcesses.find(({ name }) => name === `almanac-${queue}`)?.environment;
    const running = await start(workers, `workers/${queue}.ts`, here(given));
    expect(await stopAndTell(queue, workers, running)).toBe(0);
    expect(running.output()).not.toMatch(/MODULE_NOT_FOUND|experimental/i);
  },
);

async function stopAndTell(name: string, image: Installation, running: Started) {
  const memory = `${running.memory()} MB`;
  const code = await running.stop();
  const ready = `${running.secondsToReady.toFixed(1)} s`;
  const size = `${sizeOf(image, 'node_modules')} MB`;
  table.push([name, ready, memory, size, String(running.loaded().length)]);
  return code;
}

test('the images list the commands for operators, and not those for development', () => {
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
