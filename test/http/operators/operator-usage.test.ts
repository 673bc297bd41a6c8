import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metricsRoutes } from '../../../src/http/operators/metrics.ts';
import { createReadUsage } from '../../../src/orders/operators/read-usage.ts';
import { exampleCall } from '../../contract/store-examples.ts';
import { type ApiRig, METRICS_TOKEN, startApi } from '../api-rig.ts';
import { signIn } from './sign-in.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const REPORT = { id: 'ord_usage-blueprint', orderId: 'ord_usage' };
let api: ApiRig;
let operator: { headers: { cookie: string } };
beforeAll(async () => {
  api = await startApi();
  operator = { headers: { cookie: await signIn(api) } };
  const call = exampleCall(REPORT);
  await api.store.modelCalls.open(call);
  await api.store.modelCalls.close(
    call.id,
    {
      outcome: 'answered',
      fault: null,
      answered: ['s1'],
      tokensIn: 1_000,
      tokensCached: 0,
      tokensWritten: 300,
      tokensOut: 100,
      tokensReasoning: 60,
      costMicros: 3_500,
      usageUnknown: true,
      latencyMs: 9,
      raw: null,
      closedAt: new Date().toISOString(),
    },
    {
      accounts: [],
      reservedMicros: 0,
      day: TODAY,
      reportId: REPORT.id,
      productId: 'blueprint',
      model: 'gpt-4o',
    },
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const used = {
  calls: 1,
  faults: 0,
  unknown: 1,
  tokensIn: 1_000,
  tokensCached: 0,
  tokensWritten: 300,
  tokensOut: 100,
  tokensReasoning: 60,
  costMicros: 3_500,
};

test.each(['/v1/operator/usage', '/metrics'])('%s is closed without the password', async (path) => {
  expect((await api.request(path)).status).toBe(401);
});

test('operators see the last seven days by product and model, and each report', async () => {
  const response = await api.request('/v1/operator/usage', operator);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    to: TODAY,
    total: used,
    days: [{ day: TODAY, productId: 'blueprint', model: 'gpt-4o', ...used }],
    reports: [{ reportId: REPORT.id, productId: 'blueprint', day: TODAY, ...used }],
  });
});

test('other days are empty, and an invalid day is refused', async () => {
  const past = await api.request('/v1/operator/usage?from=2001-01-01&to=2001-01-31', operator);
  expect(await past.json()).toMatchObject({ total: { calls: 0 }, days: [], reports: [] });
  expect((await api.request('/v1/operator/usage?from=yesterday', operator)).status).toBe(422);
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test.each([
  ['an operator', () => operator],
  ['the metrics token', () => bearer(METRICS_TOKEN)],
])("%s can read today's figures", async (_who, init) => {
  const metrics = await (await api.request('/metrics', init())).text();
  expect(metrics).toContain(
    'almanac_model_cost_dollars_today{product="blueprint",model="gpt-4o"} 0.0035\n',
  );
  for (const figure of ['unknown 1', 'tokens_written 300', 'tokens_reasoning 60']) {
    const [name, value] = figure.split(' ');
    const labels = '{product="blueprint",model="gpt-4o"}';
    expect(metrics).toContain(`almanac_model_${name}_today${labels} ${value}\n`);
  }
});

test.each(['/v1/operator/usage', '/operator/queues'])(
  'the metrics token does not open %s',
  async (path) => {
    expect((await api.request(path, bearer(METRICS_TOKEN))).status).toBe(401);
  },
);

test('another token is refused, and a guesser is locked out while Prometheus still reads', async () => {
  for (let wrong = 0; wrong < 12; wrong += 1) {
    const guess = await api.request('/metrics', bearer(`${METRICS_TOKEN}${wrong}`));
    expect([401, 429]).toContain(guess.status);
  }
  expect((await api.request('/metrics', bearer('guess'))).status).toBe(429);
  expect((await api.request('/metrics', bearer(METRICS_TOKEN))).status).toBe(200);
});

test.each([null, METRICS_TOKEN])(
  'without operators only the metrics token opens the figures: %s',
  async (token) => {
    const app = fastify();
    const readUsage = createReadUsage({ store: api.store });
    await app.register(metricsRoutes({ metricsToken: token, operator: null, readUsage }));
    const statusOf = async (headers: { authorization?: string; cookie?: string }) =>
      (await app.inject({ url: '/metrics', headers })).statusCode;
    expect(await statusOf({})).toBe(401);
    expect(await statusOf(operator.headers)).toBe(401);
    expect(await statusOf(bearer(METRICS_TOKEN).headers)).toBe(token === null ? 401 : 200);
    await app.close();
  },
);
