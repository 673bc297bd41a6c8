import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type ApiRig, OPERATOR_PASSWORD, startApi } from './api-rig.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const as = (name: string, password: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` },
});

test.each(['/operator/queues', '/operator/queues/api/queues', '/operator/queues/static/'])(
  '%s is closed without the password',
  async (path) => {
    const attempts = [{}, as('operator', 'guess'), as('operator', ''), as(OPERATOR_PASSWORD, '')];
    for (const attempt of attempts) {
      const response = await api.request(path, attempt);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic/);
    }
  },
);

test('operators see the four queues', async () => {
  const response = await api.request('/operator/queues/api/queues', as('x', OPERATOR_PASSWORD));
  expect(response.status).toBe(200);
  const { queues } = (await response.json()) as {
    queues: { name: string }[];
  };
  expect(queues.map((queue) => queue.name)).toEqual([
    'life-clarity',
    'blueprint',
    'personal-horoscope',
    'bundle',
  ]);
});

test('without a password there is no such address', async () => {
  const app = await buildApp({
    orders: api.orders,
    readMailEvents: () => [],
    catalogue,
    places: { search: () => [], find: () => null },
    log: createLog({ level: 'silent', pretty: false, process: 'api' }),
    publicUrl: 'http://127.0.0.1',
    readiness: { probes: {}, withinMs: 100 },
    operator: null,
  });
  expect((await app.inject('/operator/queues')).statusCode).toBe(404);
  await app.close();
});
