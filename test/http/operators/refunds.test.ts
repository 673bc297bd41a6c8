import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSettleOrder } from '../../../src/orders/settle-order.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { eventually } from '../../eventually.ts';
import { noSignals } from '../../workers/nobody.ts';
import { type ApiRig, bearer, OPERATOR_PASSWORD, place, startApi } from '../api-rig.ts';
import { atStripe, endReport, orderOf, paidBack, paidOrder, stripeObject } from './money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** What a worker does after each report that ends. */
const settleOrder = (orderId: string) =>
  createSettleOrder({
    store: api.store,
    sendEmail: null,
    signals: noSignals,
    timings: api.timings,
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
    clock: () => new Date(),
  })(orderId);
const cancel = (placed: { orderId: string; accessToken: string }) =>
  api.request(`/v1/orders/${placed.orderId}/cancel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${placed.accessToken}` },
  });
const emailsOf = async ({ orderId }: { orderId: string }) =>
  (await api.store.emails.ofOrder(orderId)).map(({ kind }) => kind).sort();
const reportsOf = ({ orderId }: { orderId: string }) => api.store.reports.ofOrder(orderId);
const sessionOf = async (placed: { orderId: string }) =>
  (await orderOf(api, placed)).checkoutSessionId;

test('an unpaid order is cancelled, and its checkout can no longer be paid', async () => {
  const placed = await place(api);
  const answer = await cancel(placed);
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ orderId: placed.orderId, status: 'cancelled' });
  expect(await api.pay(placed.orderId)).toHaveProperty('error');
  expect((await cancel(placed)).status).toBe(202);
});

test('a paid order that has not begun is cancelled and refunded in full, once', async () => {
  const placed = await paidOrder(api, { products: ['bundle'] });
  const answers = await Promise.all([cancel(placed), cancel(placed)]);
  expect(answers.map(({ status }) => status)).toContain(202);
  await Promise.all([api.orders.sendRefunds(), api.orders.sendRefunds()]);
  await api.orders.sendRefunds();
  expect(await orderOf(api, placed)).toMatchObject({ state: 'cancelled', refundedMinor: 4900 });
  expect(await paidBack(api, placed)).toEqual([4900]);
  // the page and the first letter say what goes back
  expect(await emailsOf(placed)).toEqual(['received']);
});

test('an order that has begun cannot be cancelled', async () => {
  const placed = await paidOrder(api);
  const [report] = await reportsOf(placed);
  await api.store.reports.claim(report?.id ?? '', new Date());
  const answer = await cancel(placed);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'too_late_to_cancel' });
  expect(await orderOf(api, placed)).toMatchObject({ state: 'paid' });
});

test('money for an order that was cancelled meanwhile is refunded in full, and an operator is notified', async () => {
  const placed = await place(api);
  await api.pay(placed.orderId, { async: true });
  expect((await cancel(placed)).status).toBe(202);
  await atStripe(api, `sessions/${await sessionOf(placed)}/settle`, { outcome: 'succeeded' });
  await eventually(async () => {
    await api.orders.sendRefunds();
    expect(await orderOf(api, placed)).toMatchObject({ state: 'cancelled', refundedMinor: 900 });
  });
  expect(await paidBack(api, placed)).toEqual([900]);
  expect(await reportsOf(placed)).toEqual([]);
  expect(await emailsOf(placed)).toEqual(['alert', 'refunded']);
});

test('a failed report is refunded after the time to retry it, and not before', async () => {
  const placed = await paidOrder(api, { products: ['bundle'] });
  const [first, second] = await reportsOf(placed);
  if (!first || !second) throw new Error('no reports');
  await endReport(api, first, 'failed', api.timings.refundAfter + 1);
  await endReport(api, second, 'failed');
  await settleOrder(placed.orderId);
  await api.orders.sendRefunds();
  const share = (await orderOf(api, placed)).items.find(
    ({ productId }) => productId === first.productId,
  )?.amountMinor;
  expect(await paidBack(api, placed)).toEqual([share]);
  expect(await orderOf(api, placed)).toMatchObject({ state: 'paid', refundedMinor: share });
  expect(await emailsOf(placed)).toEqual(['alert', 'alert', 'received', 'refunded']);
});

test('reports of one order that fail one after another are paid back in one refund with one letter', async () => {
  const placed = await paidOrder(api, { products: ['bundle'] });
  for (const [index, report] of (await reportsOf(placed)).entries()) {
    await endReport(api, report, 'failed', api.timings.refundAfter + 3_000 - index * 1_000);
    await settleOrder(placed.orderId);
  }
  // the answer is lost: the refund is found at Stripe, and not sent again
  await api.breakStripe({ kind: 'lost_answer', count: 2, match: 'POST /v1/refunds' });
  await eventually(async () => {
    await api.orders.sendRefunds();
    expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 4900 });
  }, 250);
  await api.orders.sendRefunds();
  expect(await paidBack(api, placed)).toEqual([4900]);
  const { items } = await orderOf(api, placed);
  const rows = await api.store.refunds.ofOrder(placed.orderId);
  expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(rows.map(({ amountMinor }) => amountMinor).sort()).toEqual(
    items.map(({ amountMinor }) => amountMinor).sort(),
  );
  expect((await emailsOf(placed)).filter((kind) => kind === 'refunded')).toHaveLength(1);
});

test('refunds sent together are cut to what is left of the payment, to the cent', async () => {
  const placed = await paidOrder(api, { products: ['bundle'] });
  await atStripe(api, `sessions/${await sessionOf(placed)}/refund`, { amount: 4_899 - 100 });
  for (const report of await reportsOf(placed)) {
    await endReport(api, report, 'failed', api.timings.refundAfter + 1_000);
  }
  await settleOrder(placed.orderId);
  await api.orders.sendRefunds();
  expect((await paidBack(api, placed)).sort()).toEqual([101, 4_799]);
  const rows = await api.store.refunds.ofOrder(placed.orderId);
  expect(rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(101);
  expect(rows.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
});

test('a report that is retried in time is not refunded', async () => {
  const placed = await paidOrder(api);
  const [report] = await reportsOf(placed);
  if (!report) throw new Error('no report');
  await endReport(api, report, 'failed', api.timings.refundAfter + 1);
  await settleOrder(placed.orderId);
  await api.store.reports.move(report.id, 1, 'waiting', new Date());
  await api.orders.sendRefunds();
  expect(await paidBack(api, placed)).toEqual([]);
  expect(await api.store.refunds.ofOrder(placed.orderId)).toMatchObject([{ state: 'void' }]);
});

test('a refund whose answer was lost is found at Stripe and not sent twice', async () => {
  const placed = await paidOrder(api);
  await cancel(placed);
  await api.breakStripe({ kind: 'lost_answer', count: 3, match: 'POST /v1/refunds' });
  await api.orders.sendRefunds();
  expect(await api.store.refunds.ofOrder(placed.orderId)).toMatchObject([{ state: 'sending' }]);
  await eventually(async () => {
    await api.orders.sendRefunds();
    expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 900 });
  }, 250);
  expect(await paidBack(api, placed)).toEqual([900]);
});

test("a refund in Stripe's dashboard is noticed, and cancels reports that have not begun", async () => {
  const placed = await paidOrder(api, { products: ['bundle'] });
  const [begun] = await reportsOf(placed);
  await api.store.reports.claim(begun?.id ?? '', new Date());
  await atStripe(api, `sessions/${await sessionOf(placed)}/refund`);
  await eventually(async () => {
    expect((await reportsOf(placed)).map(({ state }) => state).sort()).toEqual([
      'cancelled',
      'cancelled',
      'generating',
    ]);
  });
  expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 4900 });
  await api.orders.sendRefunds();
  expect(await paidBack(api, placed)).toEqual([4900]);
});

test('a partial refund by hand cancels nothing, and leaves less for reports that fail later', async () => {
  const placed = await paidOrder(api);
  await atStripe(api, `sessions/${await sessionOf(placed)}/refund`, { amount: 500 });
  await eventually(async () =>
    expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 500 }),
  );
  const [report] = await reportsOf(placed);
  if (!report) throw new Error('no report');
  expect(report.state).toBe('waiting');
  await endReport(api, report, 'failed', api.timings.refundAfter + 1);
  await settleOrder(placed.orderId);
  await api.orders.sendRefunds();
  expect((await paidBack(api, placed)).sort()).toEqual([400, 500]);
  expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 900 });
});

test('reconciliation finds a payment whose webhook never came, and reports it', async () => {
  const placed = await place(api);
  await api.pay(placed.orderId);
  const { changed } = await api.orders.reconcile();
  expect(changed).toContainEqual({
    orderId: placed.orderId,
    from: 'awaiting_payment',
    to: 'paid',
    refundedMinor: 0,
  });
  expect(await reportsOf(placed)).toHaveLength(1);
  const again = await api.orders.reconcile();
  expect(again.changed).toEqual([]);
});

test.each(['stored_500', 'balance_insufficient'])(
  'a refund that Stripe answers with %s, kept under its key, goes out with the next key',
  async (kind) => {
    const placed = await paidOrder(api);
    await cancel(placed);
    await api.breakStripe({ kind, count: 1, match: 'POST /v1/refunds' });
    await api.orders.sendRefunds();
    expect(await api.store.refunds.ofOrder(placed.orderId)).toMatchObject([{ state: 'sending' }]);
    await eventually(async () => {
      await api.orders.sendRefunds();
      expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 900 });
    }, 250);
    expect(await paidBack(api, placed)).toEqual([900]);
  },
);

test('a refund that is called off counts as failed, and an operator hears', async () => {
  const placed = await paidOrder(api);
  const [event = ''] = await atStripe(api, `sessions/${await sessionOf(placed)}/refund`);
  await eventually(async () =>
    expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 900 }),
  );
  const { data } = await stripeObject(api, `events/${event}`);
  const { id } = (data as { object: { id: string } }).object;
  await atStripe(api, `refunds/${id}/cancel`);
  await eventually(async () =>
    expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: 0 }),
  );
  expect(await emailsOf(placed)).toContain('alert');
});

test('a full refund by an operator ends the order: open reports are cancelled, downloads closed, in one act with one audit row, however often it is asked for', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  const [done, begun] = await reportsOf(placed);
  if (!done || !begun) throw new Error('no reports');
  await endReport(api, done, 'delivered');
  await api.store.reports.claim(begun.id, new Date());
  const headers = { authorization: `Bearer ${OPERATOR_PASSWORD}` };
  const ask = () =>
    api.post(`/v1/operator/orders/${placed.orderId}/refund`, { why: 'asked' }, headers);
  const answers = await Promise.all(Array.from({ length: 12 }, ask));
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202));
  expect((await reportsOf(placed)).map(({ state }) => state)).toEqual(['delivered', 'cancelled']);
  expect(await api.store.audit.ofOrder(placed.orderId)).toMatchObject([
    { action: 'refund', detail: `asked; ${begun.id} cancelled` },
  ]);
  expect(await api.store.refunds.ofOrder(placed.orderId)).toHaveLength(1);
  const opened = await api.request(
    `/v1/orders/${placed.orderId}/reports/${done.productId}`,
    bearer(placed),
  );
  expect(opened.status).toBe(410);
  expect(await opened.json()).toMatchObject({ code: 'report_withdrawn' });
  await settleOrder(placed.orderId);
  await api.orders.sendRefunds();
  const { amountMinor } = await orderOf(api, placed);
  expect(await paidBack(api, placed)).toEqual([amountMinor]);
});

test('the refund of one report leaves the other reports and all downloads as they are', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  const body = { why: 'asked', product: 'blueprint' };
  const headers = { authorization: `Bearer ${OPERATOR_PASSWORD}` };
  const path = `/v1/operator/orders/${placed.orderId}/refund`;
  expect((await api.post(path, body, headers)).status).toBe(202);
  expect((await reportsOf(placed)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  expect((await orderOf(api, placed)).withdrawnAt).toBeUndefined();
});

test('an order says whether the customer can cancel it', async () => {
  const placed = await paidOrder(api);
  const read = async () =>
    (await (await api.request(`/v1/orders/${placed.orderId}`, bearer(placed))).json()) as object;
  expect(await read()).toMatchObject({ cancellable: true });
  const page = async () => (await api.request(`/o/${placed.accessToken}`)).text();
  expect(await page()).toContain('Cancel this order');
  const [report] = await reportsOf(placed);
  await api.store.reports.claim(report?.id ?? '', new Date());
  expect(await read()).toMatchObject({ cancellable: false });
  expect(await page()).not.toContain('Cancel this order');
});
