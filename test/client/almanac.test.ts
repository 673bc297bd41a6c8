import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAlmanac, type OrderRequest } from '../../client/src/index.ts';
import { type ApiRig, goodOrder, place, startApi } from '../http/api-rig.ts';
import { openLine } from './line.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const patience = { firstWaitMs: 1 };
const good = (email: string): OrderRequest => goodOrder({ email }) as OrderRequest;
const placedFor = async (email: string) =>
  (await Array.fromAsync(api.store.orders.inState('awaiting_payment'))).filter(
    (order) => order.email === email,
  );

test('an order whose answer was lost is sent again with its key, and is placed once', async () => {
  await using line = await openLine(api.url);
  line.faultOf = (_what, times) => (times === 1 ? 'cut' : null);
  const almanac = createAlmanac({ baseUrl: line.url, patience });
  const { orderId } = await almanac.placeOrder(good('lost@example.com'));
  const keys = line.requests.map(({ key }) => key);
  expect(keys).toEqual([keys[0], keys[0]]);
  expect((await placedFor('lost@example.com')).map(({ id }) => id)).toEqual([orderId]);
});

test('a customer who presses again after the client gave up gets the same order; the next one is new', async () => {
  await using line = await openLine(api.url);
  line.faultOf = (_what, times) => (times <= 3 ? 'cut' : null);
  const almanac = createAlmanac({ baseUrl: line.url, patience });
  const order = good('again@example.com');
  await expect(almanac.placeOrder(order)).rejects.toMatchObject({
    code: 'unreachable',
    passes: true,
  });
  const { orderId } = await almanac.placeOrder(order);
  expect((await placedFor('again@example.com')).map(({ id }) => id)).toEqual([orderId]);
  expect((await almanac.placeOrder(order)).orderId).not.toBe(orderId);
});

test('what must not happen twice is asked once', async () => {
  await using line = await openLine(api.url);
  line.faultOf = () => 503;
  const { orderId, accessToken } = await place(api);
  const almanac = createAlmanac({ baseUrl: line.url, accessToken, patience });
  await expect(almanac.cancelOrder(orderId)).rejects.toMatchObject({ code: 'unexpected_answer' });
  expect(line.requests).toHaveLength(1);
});

test('an answer of a proxy is told from one of the API, and a refusal names its fields and its request', async () => {
  await using line = await openLine(api.url);
  const almanac = createAlmanac({ baseUrl: line.url, patience });
  line.faultOf = () => 502;
  await expect(almanac.listProducts()).rejects.toMatchObject({
    code: 'unexpected_answer',
    status: 502,
  });
  line.faultOf = () => null;
  const refused = almanac.placeOrder({ ...good('nobody'), products: [] });
  await expect(refused).rejects.toMatchObject({
    code: 'invalid_input',
    status: 422,
    passes: false,
    fields: { email: expect.any(String), products: expect.any(String) },
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('an aborted call throws the abort, not an error of the API', async () => {
  const stop = new AbortController();
  stop.abort();
  const almanac = createAlmanac({ baseUrl: api.url });
  await expect(almanac.listProducts({ signal: stop.signal })).rejects.toThrow(/abort/i);
});
