import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { expect, test } from 'vitest';
import type { Readiness } from '../../../src/http/deps.ts';
import { healthRoutes } from '../../../src/http/service/health.ts';

const TOKEN = 'a-token-that-opens-nothing-but-the-metrics';
const trouble = {
  alarms: [
    { cause: 'life-workers', what: 'no worker is alive', since: '2026-03-01T12:00:00.000Z' },
  ],
  alertsNotSent: [],
};

async function ask(
  probes: Readiness['probes'],
  headers: Record<string, string> = {},
  readTrouble = async () => trouble,
) {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const readiness = { probes, withinMs: 50, readTrouble };
  await app.register(healthRoutes({ readiness, metricsToken: TOKEN, operator: null }));
  const ready = await app.inject({ url: '/readyz', headers });
  const alive = await app.inject('/healthz');
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

test('says what is wrong to who has the metrics token, and nothing of it to strangers', async () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const known = await ask({ store: answers }, bearer(TOKEN));
  expect(known.body).toEqual({ status: 'ready', away: [], trouble });
  for (const headers of [{}, bearer('wrong')]) {
    expect((await ask({ store: answers }, headers)).body).toEqual({ status: 'ready', away: [] });
  }
});

test('what cannot be read is unknown, and not nothing', async () => {
  for (const readTrouble of [fails, hangs as () => Promise<never>]) {
    const { body } = await ask(
      { store: answers },
      { authorization: `Bearer ${TOKEN}` },
      readTrouble,
    );
    expect(body).toEqual({ status: 'ready', away: [], trouble: null });
  }
});
