import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiRig, bearer, goodOrder, place, startApi } from '../api-rig.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test('a placed order has a checkout at the catalogue price, and splits it over its reports', async () => {
  const placed = await place(api, { products: ['bundle'] });
  const order = await api.store.orders.find(placed.orderId);
  expect(order).toMatchObject({ state: 'awaiting_payment', amountMinor: 4900, currency: 'usd' });
  const shares = order?.items.map((item) => item.amountMinor) ?? [];
  expect(shares).toHaveLength(3);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(4900);
  expect(order?.subject.birth).toMatchObject({ utc: '1990-06-15T12:30:00Z', offsetSeconds: 7200 });
  const page = await (await fetch(placed.checkoutUrl)).text();
  expect(page).toContain('49.00');
});

test('the report year begins today in the given zone, unless a day is given', async () => {
  const byDefault = await place(api, { timeZone: 'Pacific/Kiritimati' });
  const { subject } = (await api.store.orders.find(byDefault.orderId)) ?? {};
  const today = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
  expect(subject?.reportYear).toEqual({ startDate: today, timeZone: 'Pacific/Kiritimati' });
  const named = await place(api, { startDate: '2028-02-29' });
  const other = await api.store.orders.find(named.orderId);
  expect(other?.subject.reportYear).toEqual({ startDate: '2028-02-29', timeZone: 'Europe/Vienna' });
});

describe('an Idempotency-Key', () => {
  const key = (value: string) => ({ 'idempotency-key': value });

  test('returns the same order for the same request', async () => {
    const first = await api.post('/v1/orders', goodOrder(), key('key-number-1'));
    const again = await api.post('/v1/orders', goodOrder(), key('key-number-1'));
    expect(again.status).toBe(201);
    expect(await again.json()).toEqual(await first.json());
  });

  test('is refused with another request', async () => {
    await api.post('/v1/orders', goodOrder(), key('key-number-2'));
    const other = goodOrder({ products: ['blueprint'] });
    const response = await api.post('/v1/orders', other, key('key-number-2'));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'idempotency_mismatch',
      errors: [{ field: 'Idempotency-Key', message: expect.stringMatching(/new key/) }],
    });
  });

  test('makes one order from requests that arrive at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const response = await api.post('/v1/orders', goodOrder(), key('key-number-3'));
        return response.text();
      }),
    );
    expect(new Set(answers).size).toBe(1);
  });

  test('completes an order for which Stripe did not answer', async () => {
    await api.breakStripe({ kind: '503', count: 2 });
    const refused = await api.post('/v1/orders', goodOrder(), key('key-number-4'));
    expect(refused.status).toBe(503);
    const placed = await api.post('/v1/orders', goodOrder(), key('key-number-4'));
    expect(placed.status).toBe(201);
  });
});

describe('an order is read', () => {
  test('with its own token, as Bearer', async () => {
    const placed = await place(api);
    const response = await api.request(`/v1/orders/${placed.orderId}`, bearer(placed));
    expect(response.status).toBe(200);
    const { orderId, checkoutUrl } = placed;
    expect(await response.json()).toMatchObject({
      orderId,
      checkoutUrl,
      status: 'awaiting_payment',
      reports: [],
    });
  });

  test('not without a token: 401', async () => {
    const placed = await place(api);
    const response = await api.request(`/v1/orders/${placed.orderId}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: 'unauthorized',
      detail: expect.stringMatching(/Bearer/),
    });
  });

  test("not with another order's token, an altered one, or one of an earlier generation: 404", async () => {
    const [placed, other] = [await place(api), await place(api)];
    const altered = `${placed.accessToken.slice(0, -1)}${placed.accessToken.endsWith('A') ? 'B' : 'A'}`;
    const path = `/v1/orders/${placed.orderId}`;
    const statusWith = async (token: string) => {
      const response = await api.request(path, { headers: { authorization: `Bearer ${token}` } });
      return response.status;
    };
    expect(await statusWith(other.accessToken)).toBe(404);
    expect(await statusWith(altered)).toBe(404);
    expect(await statusWith(placed.accessToken)).toBe(200);
    await api.store.orders.change(placed.orderId, { accessGeneration: 2 });
    expect(await statusWith(placed.accessToken)).toBe(404);
  });
});

describe('a payment is confirmed', () => {
  test('not before it is made: 402, nothing queued', async () => {
    const placed = await place(api);
    const path = `/v1/orders/${placed.orderId}/confirm`;
    const response = await api.request(path, { method: 'POST', ...bearer(placed) });
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({
      code: 'not_paid',
      detail: expect.stringMatching(/checkoutUrl/),
    });
    expect(await api.store.reports.ofOrder(placed.orderId)).toEqual([]);
  });

  test('by asking Stripe: the order is paid, its reports are stored and their jobs are queued', async () => {
    const placed = await place(api, { products: ['blueprint', 'life-clarity'] });
    await api.pay(placed.orderId);
    const path = `/v1/orders/${placed.orderId}/confirm`;
    const response = await api.request(path, { method: 'POST', ...bearer(placed) });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ orderId: placed.orderId, status: 'paid' });
    const reports = await api.store.reports.ofOrder(placed.orderId);
    expect(
      reports.map((report) => [report.productId, report.version, report.model]).sort(),
    ).toEqual([
      ['blueprint', 2, 'gpt-6-sol'],
      ['life-clarity', 2, 'gpt-6-sol'],
    ]);
    const jobs = (await api.jobs()).filter((job) => job.includes(placed.orderId));
    expect(jobs).toEqual([
      `blueprint ${placed.orderId}-blueprint`,
      `bundle ${placed.orderId}-letters`,
      `life-clarity ${placed.orderId}-life-clarity`,
    ]);
  });

  test('not when another sum was paid: 409, and the order stays unpaid', async () => {
    const placed = await place(api);
    await api.pay(placed.orderId, { amount: 1 });
    const path = `/v1/orders/${placed.orderId}/confirm`;
    const response = await api.request(path, { method: 'POST', ...bearer(placed) });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'payment_mismatch' });
    expect(await api.store.orders.find(placed.orderId)).toMatchObject({
      state: 'awaiting_payment',
    });
  });
});
