import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiRig, bearer, place, startApi } from '../api-rig.ts';
import { endReport, orderOf, paidBack, paidOrder } from '../operators/money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const erase = (placed: { orderId: string; accessToken: string }) =>
  api.request(`/v1/orders/${placed.orderId}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${placed.accessToken}` },
  });

test('an erased order keeps its amounts and dates, and nothing of the person', async () => {
  const placed = await paidOrder(api);
  const [report] = await api.store.reports.ofOrder(placed.orderId);
  if (!report) throw new Error('no report');
  await endReport(api, report, 'delivered');
  const answer = await erase(placed);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ orderId: placed.orderId, sections: 0, pdfs: 1 });
  expect(api.removed).toContain(`${report.id}/`);
  const order = await orderOf(api, placed);
  expect(JSON.stringify(order)).not.toMatch(/Ada|1990|Vienna|48\.2085|ada@example/);
  expect(order).toMatchObject({ amountMinor: 900, currency: 'usd' });
  expect(order.paidAt).not.toBeNull();
  const page = await (await api.request(`/o/${placed.accessToken}`)).text();
  expect(page).toContain('This order was erased');
  const opened = await api.request(
    `/v1/orders/${placed.orderId}/reports/life-clarity`,
    bearer(placed),
  );
  expect(opened.status).toBe(410);
});

test('an unpaid order is erased, and can no longer be paid', async () => {
  const placed = await place(api);
  expect((await erase(placed)).status).toBe(200);
  expect(await orderOf(api, placed)).toMatchObject({ state: 'cancelled', email: '' });
  expect(await api.pay(placed.orderId)).toHaveProperty('error');
});

test('all that was paid and not delivered goes back, also the share of a report that was being written, and answer and page say so', async () => {
  const placed = await paidOrder(api, { products: ['bundle'] });
  const [begun] = await api.store.reports.ofOrder(placed.orderId);
  const claimed = await api.store.reports.claim(begun?.id ?? '', new Date());
  const answer = (await (await erase(placed)).json()) as object;
  expect(answer).toMatchObject({ refundDueMinor: 4900, currency: 'usd', waitsForDispute: false });
  const page = await (await api.request(`/o/${placed.accessToken}`)).text();
  expect(page).toContain('$49.00 of what you paid goes back to you');
  const reports = await api.store.reports.ofOrder(placed.orderId);
  expect(reports.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  const late = await api.store.reports.move(
    begun?.id ?? '',
    claimed?.fence ?? 0,
    'rendering',
    new Date(),
  );
  expect(late).toBeNull();
  await api.orders.sendRefunds();
  expect(await paidBack(api, placed)).toEqual([4900]);
});

test('what was delivered is not paid back, and the share of another report that was being written is', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  const [done, begun] = await api.store.reports.ofOrder(placed.orderId);
  if (!done || !begun) throw new Error('no reports');
  await endReport(api, done, 'delivered');
  await api.store.reports.claim(begun.id, new Date());
  const share = (await orderOf(api, placed)).items.find(
    ({ productId }) => productId === begun.productId,
  )?.amountMinor;
  expect(await (await erase(placed)).json()).toMatchObject({ refundDueMinor: share });
  await erase(placed); // again: it is owed once
  await api.orders.sendRefunds();
  expect(await paidBack(api, placed)).toEqual([share]);
});

test('an order whose checkout Stripe no longer knows is erased and cancelled, and others are purged', async () => {
  const [erased, cancelled, other] = [await place(api), await place(api), await paidOrder(api)];
  for (const { orderId } of [erased, cancelled]) {
    const { checkoutSessionId } = await orderOf(api, { orderId });
    const path = `${api.stripeUrl}/_sandbox/sessions/${checkoutSessionId}/forget`;
    expect((await fetch(path, { method: 'POST' })).status).toBe(200);
  }
  expect((await erase(erased)).status).toBe(200);
  expect(await orderOf(api, erased)).toMatchObject({ state: 'cancelled', email: '' });
  const path = `/v1/orders/${cancelled.orderId}/cancel`;
  const answer = await api.request(path, { method: 'POST', ...bearer(cancelled) });
  expect(answer.status).toBe(202);
  await erase(other);
  const due = { purgeAt: new Date(0).toISOString() };
  for (const { orderId } of [erased, other]) await api.store.orders.change(orderId, due);
  expect(await api.orders.eraseOrder.purgeAgain()).toBe(2);
});

test('whatever a run writes after an erasure is removed, after an hour and after a day', async () => {
  const placed = await paidOrder(api);
  await erase(placed);
  const first = await orderOf(api, placed);
  const after = (ms: number) => new Date(Date.parse(first.erasedAt ?? '') + ms).toISOString();
  expect(first.purgeAt).toBe(after(api.timings.purgeAgain));
  await api.store.orders.change(placed.orderId, { purgeAt: after(0) });
  const before = api.removed.length;
  expect(await api.orders.eraseOrder.purgeAgain()).toBe(1);
  expect(api.removed.length).toBe(before + 1);
  // long after the last look there are no more
  const long = after(-api.timings.purgeLast - 1);
  await api.store.orders.change(placed.orderId, { erasedAt: long, purgeAt: after(0) });
  expect(await api.orders.eraseOrder.purgeAgain()).toBe(1);
  expect(await orderOf(api, placed)).toMatchObject({ purgeAt: null });
  expect(await api.orders.eraseOrder.purgeAgain()).toBe(0);
});
