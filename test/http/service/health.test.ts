import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { expect, test } from 'vitest';
import type { Readiness } from '../../../src/http/deps.ts';
import { healthRoutes } from '../../../src/http/service/health.ts';

async function ask(probes: Readiness['probes']) {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(healthRoutes({ readiness: { probes, withinMs: 50 } }));
  const [ready, alive] = [await app.inject('/readyz'), await app.inject('/healthz')];
  await app.close();
  return { status: ready.statusCode, body: ready.json(), alive: alive.statusCode };
}

const answers = async () => {};
const fails = () => Promise.reject(new Error('away'));
const hangs = () => new Promise<void>(() => {});

test('is ready while store and Redis answer', async () => {
  const { status, body } = await ask({ store: answers, redis: answers });
  expect([status, body]).toEqual([200, { status: 'ready', away: [] }]);
});

test('names each part that fails or does not answer in time, and stays alive', async () => {
  const one = await ask({ store: answers, redis: hangs });
  expect([one.status, one.body]).toEqual([503, { status: 'not_ready', away: ['redis'] }]);
  const both = await ask({ store: fails, redis: hangs });
  expect(both.body).toEqual({ status: 'not_ready', away: ['store', 'redis'] });
  expect(both.alive).toBe(200);
});
