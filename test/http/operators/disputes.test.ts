import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { createSettleOrder } from '../../../src/orders/settle-order.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { eventually } from '../../eventually.ts';
import { noSignals } from '../../workers/nobody.ts';
import { type ApiRig, bearer, OPERATOR_PASSWORD, type Placed, startApi } from '../api-rig.ts';
import { atStripe, endReport, orderOf, paidBack, paidOrder, stripeObject } from './money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const reportsOf = ({ orderId }: Placed) => api.store.reports.ofOrder(orderId);
const alertsOf = async ({ orderId }: Placed) =>
  (await api.store.emails.ofOrder(orderId)).filter(({ kind }) => kind === 'alert');
const sessionOf = async (placed: Placed) => (await orderOf(api, placed)).checkoutSessionId;
const headers = { authorization: `Bearer ${OPERATOR_PASSWORD}` };
const settle = (orderId: string) =>
  createSettleOrder({
    store: api.store,
    sendEmail: null,
    signals: noSignals,
    timings: api.timings,
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
    clock: () => new Date(),
  })(orderId);

async function disputed(placed: Placed, wish: object = {}): Promise<string> {
  const [event = ''] = await atStripe(api, `sessions/${await sessionOf(placed)}/dispute`, wish);
  const { data } = await stripeObject(api, `events/${event}`);
  const { id } = (data as { object: { id: string } }).object;
  await eventually(async () =>
    expect((await orderOf(api, placed)).disputes).toContainEqual(expect.objectContaining({ id })),
  );
  return id;
}

async function closed(placed: Placed, dispute: string, outcome: 'won' | 'lost'): Promise<void> {
  await atStripe(api, `disputes/${dispute}/close`, { outcome });
  await eventually(async () =>
    expect((await orderOf(api, placed)).disputes).toContainEqual(
      expect.objectContaining({ id: dispute, status: outcome }),
    ),
  );
}

async function begin(report: Report | undefined): Promise<void> {
  await api.store.reports.claim(report?.id ?? '', new Date());
}

test('a chargeback holds what is waiting or being written; won, it continues with the time it had left', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  await begin((await reportsOf(placed))[0]);
  const dispute = await disputed(placed);
  const held = await reportsOf(placed);
  expect(held).toMatchObject([
    { state: 'held', reason: 'disputed' },
    { state: 'held', reason: 'disputed' },
  ]);
  await closed(placed, dispute, 'won');
  const free = await reportsOf(placed);
  expect(free.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  for (const [index, report] of free.entries()) {
    expect(Date.parse(report.deadline)).toBeGreaterThan(Date.parse(held[index]?.deadline ?? ''));
  }
  expect((await orderOf(api, placed)).disputedAt).toBeNull();
  expect(await alertsOf(placed)).toHaveLength(2);
});

test('a lost chargeback cancels what is open, owes nothing, counts as money that went back, and ends downloads', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  const [done, begun] = await reportsOf(placed);
  if (!done) throw new Error('no report');
  await endReport(api, done, 'delivered');
  await begin(begun);
  const dispute = await disputed(placed);
  expect((await alertsOf(placed))[0]?.note).toMatch(
    new RegExp(
      `${done.id}: delivered 20.*not opened.*held.*no refund of this payment is sent`,
      's',
    ),
  );
  await closed(placed, dispute, 'lost');
  const order = await orderOf(api, placed);
  expect(order).toMatchObject({ state: 'partly_fulfilled', refundedMinor: order.amountMinor });
  expect((await reportsOf(placed)).map(({ state }) => state)).toEqual(['delivered', 'cancelled']);
  await api.orders.sendRefunds();
  expect(await api.store.refunds.ofOrder(placed.orderId)).toEqual([]);
  const path = `/v1/orders/${placed.orderId}/reports/${done.productId}`;
  expect((await api.request(path, bearer(placed))).status).toBe(410);
  const seen = await (await api.request(`/v1/orders/${placed.orderId}`, bearer(placed))).json();
  expect(seen).toMatchObject({ reports: [{ links: null }, { links: null }] });
});

test('the evidence of a dispute names downloads with their times', async () => {
  const placed = await paidOrder(api);
  const [done] = await reportsOf(placed);
  if (!done) throw new Error('no report');
  await endReport(api, done, 'delivered');
  await settle(placed.orderId);
  const [link] = await api.store.links.ofOrder(placed.orderId);
  await api.request(`/d/${api.tokens.make('link', link?.id ?? '', 1)}`);
  await disputed(placed);
  expect((await alertsOf(placed))[0]?.note).toMatch(
    /opened from its e-mail 1 times, first 20\d\d-.*, last 20\d\d-/,
  );
});

test('while a chargeback is open no refund is sent; won, it is', async () => {
  const placed = await paidOrder(api);
  await api.request(`/v1/orders/${placed.orderId}/cancel`, { method: 'POST', ...bearer(placed) });
  const dispute = await disputed(placed);
  await api.orders.sendRefunds();
  expect(await api.store.refunds.ofOrder(placed.orderId)).toMatchObject([{ state: 'due' }]);
  expect(await paidBack(api, placed)).toEqual([]);
  await closed(placed, dispute, 'won');
  await eventually(async () => {
    await api.orders.sendRefunds();
    expect(await paidBack(api, placed)).toEqual([900]);
  }, 250);
});

test('a refund that waited for a lost chargeback becomes void', async () => {
  const placed = await paidOrder(api);
  await api.request(`/v1/orders/${placed.orderId}/cancel`, { method: 'POST', ...bearer(placed) });
  const dispute = await disputed(placed);
  await closed(placed, dispute, 'lost');
  await api.orders.sendRefunds();
  expect(await api.store.refunds.ofOrder(placed.orderId)).toMatchObject([{ state: 'void' }]);
  expect(await paidBack(api, placed)).toEqual([]);
});

test('of a dispute over a part only what exceeds it stays owed, and open reports stay held until an operator decides', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  const [failed, open] = await reportsOf(placed);
  if (!failed || !open) throw new Error('no reports');
  const dispute = await disputed(placed, { amount: 300 });
  await api.store.reports.move(failed.id, 0, 'failed', new Date(0), {
    reason: 'held',
    settledAt: new Date(0).toISOString(),
  });
  await settle(placed.orderId);
  await closed(placed, dispute, 'lost');
  expect(await api.store.reports.find(open.id)).toMatchObject({ state: 'held' });
  expect((await orderOf(api, placed)).withdrawnAt).toBeUndefined();
  const { items, amountMinor } = await orderOf(api, placed);
  const shareOf = ({ productId }: Report) =>
    items.find((item) => item.productId === productId)?.amountMinor ?? 0;
  await eventually(async () => {
    await api.orders.sendRefunds();
    expect(await paidBack(api, placed)).toEqual([shareOf(failed) - 300]);
  }, 250);
  // what the bank took is set against one row only
  await api.post(
    `/v1/operator/orders/${placed.orderId}/refund`,
    { why: 'kind', product: open.productId },
    headers,
  );
  await api.orders.sendRefunds();
  const sent = [shareOf(open), shareOf(failed) - 300];
  expect((await paidBack(api, placed)).sort()).toEqual(sent.sort());
  expect(await orderOf(api, placed)).toMatchObject({ refundedMinor: amountMinor });
});

test('an operator releases a disputed report only as a gift, and a refusal names the way', async () => {
  const placed = await paidOrder(api);
  await disputed(placed);
  const [report] = await reportsOf(placed);
  const path = `/v1/operator/reports/${report?.id}/release`;
  const refused = await api.post(path, { why: 'kind' }, headers);
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({
    code: 'report_disputed',
    detail: expect.stringContaining('"gift": true'),
  });
  const given = await api.post(path, { why: 'kind', gift: true }, headers);
  expect(await given.json()).toMatchObject({ state: 'waiting', gift: true });
  const audit = await api.store.audit.ofOrder(placed.orderId);
  expect(audit.at(-1)).toMatchObject({ action: 'release', detail: 'kind; a gift' });
  await api.orders.reconcile();
  expect(await reportsOf(placed)).toMatchObject([{ state: 'waiting' }]);
});

test('a failed report of a disputed order is retried only as a gift', async () => {
  const placed = await paidOrder(api);
  const [report] = await reportsOf(placed);
  if (!report) throw new Error('no report');
  await endReport(api, report, 'failed');
  await disputed(placed);
  const path = `/v1/operator/reports/${report.id}/retry`;
  expect((await api.post(path, { why: 'kind' }, headers)).status).toBe(409);
  expect((await api.post(path, { why: 'kind', gift: true }, headers)).status).toBe(200);
});

test('an inquiry is only told; when it becomes a chargeback, reports are held and an operator hears again', async () => {
  const placed = await paidOrder(api);
  const dispute = await disputed(placed, { inquiry: true });
  expect(await reportsOf(placed)).toMatchObject([{ state: 'waiting' }]);
  await atStripe(api, `disputes/${dispute}/escalate`);
  await eventually(async () =>
    expect(await reportsOf(placed)).toMatchObject([{ state: 'held', reason: 'disputed' }]),
  );
  await eventually(async () => expect(await alertsOf(placed)).toHaveLength(2));
});

test('two disputes of one payment are two alerts, and reports continue only when both are won', async () => {
  const placed = await paidOrder(api);
  const first = await disputed(placed, { amount: 300 });
  const second = await disputed(placed, { amount: 200 });
  expect(await alertsOf(placed)).toHaveLength(2);
  await closed(placed, first, 'won');
  expect(await reportsOf(placed)).toMatchObject([{ state: 'held' }]);
  await closed(placed, second, 'won');
  await eventually(async () =>
    expect(await reportsOf(placed)).toMatchObject([{ state: 'waiting' }]),
  );
});

test('reconciliation finds a dispute whose events never came, also its end on an order that has ended', async () => {
  const placed = await paidOrder(api);
  const [report] = await reportsOf(placed);
  if (!report) throw new Error('no report');
  const control = async (path: string, wish: object = {}) => {
    const body = JSON.stringify({ deliver: false, ...wish });
    await fetch(`${api.stripeUrl}/_sandbox/${path}`, { method: 'POST', body });
  };
  await control(`sessions/${await sessionOf(placed)}/dispute`);
  await api.orders.reconcile();
  expect(await reportsOf(placed)).toMatchObject([{ state: 'held' }]);
  const id = (await orderOf(api, placed)).disputes?.[0]?.id;
  const order = await orderOf(api, placed);
  await api.store.orders.move(order.id, 'failed');
  await control(`disputes/${id}/close`, { outcome: 'won' });
  await api.orders.reconcile();
  expect((await orderOf(api, placed)).disputedAt).toBeNull();
});

test('an order in dispute is erased by itself when the dispute has ended, and says so until then', async () => {
  const placed = await paidOrder(api);
  const dispute = await disputed(placed);
  const path = `/v1/orders/${placed.orderId}`;
  const answer = await api.request(path, { method: 'DELETE', ...bearer(placed) });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({ waitsForDispute: true, sections: 0 });
  expect((await orderOf(api, placed)).email).toBe('ada@example.com');
  const page = await (await api.request(`/o/${placed.accessToken}`)).text();
  expect(page).toContain('Your bank is still deciding');
  await closed(placed, dispute, 'won');
  expect(await orderOf(api, placed)).toMatchObject({ email: '', state: 'cancelled' });
  await eventually(async () => {
    await api.orders.sendRefunds();
    expect(await paidBack(api, placed)).toEqual([900]);
  }, 250);
});
