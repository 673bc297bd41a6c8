import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

test('a webhook that comes five times at once makes one set of reports and one letter', async () => {
  const order = await shop.order(['life-clarity', 'blueprint']);
  await shop.pay(order, { times: 5, concurrent: true });
  expect(await shop.untilSettled(order)).toBe('fulfilled');
  expect(await shop.letters(order)).toHaveLength(1);
  const reports = await shop.store.reports.ofOrder(order.orderId);
  expect(reports.map((report) => report.fence)).toEqual([1, 1]);
  const asked = (await shop.modelRequests()).flatMap((request) => request.asked as string[]);
  expect(asked).toHaveLength(9 + 52);
}, 60_000);

test('two orders of two products each bring one letter each', async () => {
  const orders = await Promise.all([
    shop.order(['life-clarity', 'blueprint']),
    shop.order(['blueprint', 'life-clarity']),
  ]);
  for (const order of orders) await shop.pay(order);
  for (const order of orders) {
    expect(await shop.untilSettled(order)).toBe('fulfilled');
    const letters = await shop.letters(order);
    expect(letters.map((links) => links.length)).toEqual([2]);
  }
}, 60_000);

test('an order that nobody paid starts nothing', async () => {
  const before = (await shop.modelRequests()).length;
  const order = await shop.order(['life-clarity']);
  const confirmed = await fetch(`${shop.apiUrl}/v1/orders/${order.orderId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${order.accessToken}` },
  });
  expect(confirmed.status).toBe(402);
  expect(await shop.store.reports.ofOrder(order.orderId)).toEqual([]);
  expect(await shop.modelRequests()).toHaveLength(before);
});
