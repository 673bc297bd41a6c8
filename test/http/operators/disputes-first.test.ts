import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type ApiRig, type Placed, place, startApi } from '../api-rig.ts';
import { atStripe, orderOf, paidBack, paidOrder } from './money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const reportsOf = ({ orderId }: Placed) => api.store.reports.ofOrder(orderId);
const alertsOf = async ({ orderId }: Placed) =>
  (await api.store.emails.ofOrder(orderId)).filter(({ kind }) => kind === 'alert');
const sessionOf = async (placed: Placed) => (await orderOf(api, placed)).checkoutSessionId;

test('a dispute that arrives before its payment records the payment first, then holds the report', async () => {
  const placed = await place(api);
  await api.pay(placed.orderId);
  await atStripe(api, `sessions/${await sessionOf(placed)}/dispute`);
  await eventually(async () => expect((await orderOf(api, placed)).disputes).toHaveLength(1));
  expect(await orderOf(api, placed)).toMatchObject({ state: 'paid' });
  expect(await reportsOf(placed)).toMatchObject([{ state: 'held', reason: 'disputed' }]);
  expect(await alertsOf(placed)).toHaveLength(1);
});

test('a refund that arrives before its payment leaves the order paid and refunded, and nothing is written', async () => {
  const placed = await place(api);
  const paid = await api.pay(placed.orderId);
  await atStripe(api, `sessions/${await sessionOf(placed)}/refund`);
  const refunded = { state: 'cancelled', refundedMinor: 900 };
  await eventually(async () => expect(await orderOf(api, placed)).toMatchObject(refunded));
  await api.deliver(paid);
  await eventually(async () => expect(await api.orders.processEvents()).toBe(0));
  expect(await orderOf(api, placed)).toMatchObject({ ...refunded, paidAt: expect.any(String) });
  expect(await reportsOf(placed)).toMatchObject([{ state: 'cancelled', fence: 0 }]);
  await api.orders.sendRefunds();
  expect(await paidBack(api, placed)).toEqual([900]);
});

test('a warning of fraud by the bank is told', async () => {
  const placed = await paidOrder(api);
  await atStripe(api, `sessions/${await sessionOf(placed)}/warn`);
  await eventually(async () => expect(await alertsOf(placed)).toHaveLength(1));
  expect(await reportsOf(placed)).toMatchObject([{ state: 'waiting' }]);
});

test('a payment that only names an order and is disputed is told, and the order stays as it is', async () => {
  const placed = await paidOrder(api);
  await api.store.orders.change(placed.orderId, { paymentIntentId: 'pi_another' });
  await atStripe(api, `sessions/${await sessionOf(placed)}/dispute`);
  await eventually(async () => expect(await alertsOf(placed)).toHaveLength(1));
  expect(await reportsOf(placed)).toMatchObject([{ state: 'waiting' }]);
});
