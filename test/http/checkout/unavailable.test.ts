/** A product that cannot be delivered before its model ends: what shop and customer are told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../src/products/catalogue.ts';
import { type ApiRig, goodOrder, place, startApi } from '../api-rig.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const { name } = catalogue.newest('personal-horoscope').model;
/** those of other models are still sold */
const ended = catalogue.products.filter(({ model }) => model.name === name).map(({ id }) => id);

interface Product {
  id: string;
  available: boolean;
  unavailableReason: string | null;
}
const listed = async () =>
  ((await (await api.request('/v1/products')).json()) as { products: Product[] }).products;

test('every product is available while its model lives', async () => {
  const products = await listed();
  expect(products.map(({ id }) => id)).toContain('bundle');
  for (const each of products) {
    expect(each).toMatchObject({ available: true, unavailableReason: null });
  }
});

test('a product whose model has ended is refused with its reason, and so is a bundle that contains it', async () => {
  const key = { 'idempotency-key': 'begun-before-the-end' };
  const before = await api.post('/v1/orders', goodOrder({ products: ['bundle'] }), key);
  await api.store.models.lives(name, YESTERDAY, new Date());

  for (const { id, available, unavailableReason } of await listed()) {
    const out = id === 'bundle' || ended.includes(id);
    expect({ id, available }).toEqual({ id, available: !out });
    if (out) expect(unavailableReason).toContain(`${name}, whose last day at its provider is`);
  }
  for (const product of ['personal-horoscope', 'bundle']) {
    const refused = await api.post('/v1/orders', goodOrder({ products: [product] }));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBeNull(); // waiting does not help
    expect(await refused.json()).toMatchObject({
      code: 'product_unavailable',
      detail: expect.stringMatching(/last day.*Nothing was ordered or charged/),
    });
  }
  expect(api.lines.filter((line) => line.includes('request failed'))).toEqual([]);
  // an order that was placed before keeps its checkout, and a repeat finds it
  const again = await api.post('/v1/orders', goodOrder({ products: ['bundle'] }), key);
  expect([again.status, await again.json()]).toEqual([201, await before.json()]);
});

test('a product is sold again once the provider names a later day', async () => {
  await api.store.models.isGone(name, new Date());
  const gone = await api.post('/v1/orders', goodOrder({ products: ['personal-horoscope'] }));
  expect(await gone.json()).toMatchObject({ detail: expect.stringContaining('no longer offers') });
  await api.store.models.lives(name, null, new Date());
  await place(api, { products: ['personal-horoscope'] });
});
