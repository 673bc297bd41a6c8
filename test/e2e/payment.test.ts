import { afterAll, beforeAll, expect, test } from 'vitest';
import { REFUSALS, type Till } from './payment-refusals.ts';
import { openShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let till: Till;
beforeAll(async () => {
  shop = await openShop();
  const stranger = await shop.order(['life-clarity']);
  till = { apiUrl: shop.apiUrl, stripeUrl: shop.sandbox.stripe, stranger };
});
afterAll(() => shop?.close());

test('a webhook that arrives five times at once makes one set of reports and one letter', async () => {
  const order = await shop.order(['life-clarity', 'blueprint']);
  await shop.pay(order, { times: 5, concurrent: true });
  expect(await shop.untilSettled(order)).toBe('fulfilled');
  expect(await shop.letters(order)).toHaveLength(1);
  const reports = await shop.store.reports.ofOrder(order.orderId);
  expect(reports.map((report) => report.fence)).toEqual([1, 1]);
  const asked = (await shop.modelRequests()).flatMap((request) => request.asked as string[]);
  expect(asked).toHaveLength(9 + 52);
}, 60_000);

test('two orders of two products each get one letter each', async () => {
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

test.each(REFUSALS)(
  '$where: $attempt is refused ($status $code) and changes nothing',
  async (refusal) => {
    const order = await shop.order(['life-clarity']);
    const before = await shop.store.orders.find(order.orderId);
    const asked = (await shop.modelRequests()).length;
    const answer = await refusal.try(till, order);
    expect(answer.status).toBe(refusal.status);
    const said = (await answer.json()) as { code?: string; detail?: string };
    expect(said.code ?? null).toBe(refusal.code);
    expect(said.detail ?? '').not.toContain('null');
    // an accepted event is processed after the answer
    await expect
      .poll(() =>
        Array.fromAsync(shop.store.stripeEvents.unprocessed(new Date(Date.now() + 60_000))),
      )
      .toEqual([]);

    expect(await shop.store.orders.find(order.orderId)).toEqual(before);
    expect(await shop.store.reports.ofOrder(order.orderId)).toEqual([]);
    expect(await shop.modelRequests()).toHaveLength(asked);
    const alerts = (await shop.store.emails.ofOrder(order.orderId)).map(({ kind }) => kind);
    expect(alerts).toEqual(refusal.alert ? ['alert'] : []);
  },
);
