import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type ApiRig, place, startApi } from '../api-rig.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const stateOf = async (orderId: string) => (await api.store.orders.find(orderId))?.state;
const becomes = (orderId: string, state: string) =>
  eventually(async () => expect(await stateOf(orderId)).toBe(state));

const unprocessed = () =>
  Array.fromAsync(api.store.stripeEvents.unprocessed(new Date(Date.now() + 60_000)));

test('one event five times at once makes one set of reports and jobs', async () => {
  const { orderId } = await place(api, { products: ['bundle'] });
  const event = await api.pay(orderId);
  const answers = await Promise.all(Array.from({ length: 5 }, () => api.deliver(event)));
  expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202, 202]);
  const jobs = await eventually(async () => {
    const all = (await api.jobs()).filter((job) => job.includes(orderId));
    expect(all).toHaveLength(5);
    return all;
  });
  // two jobs for the bundle queue: settling and letters
  expect(jobs.map((job) => job.split(' ')[0])).toEqual([
    'blueprint',
    'bundle',
    'bundle',
    'life-clarity',
    'personal-horoscope',
  ]);
  expect(await api.store.reports.ofOrder(orderId)).toHaveLength(3);
  const before = await api.store.orders.find(orderId);
  expect((await api.deliver(event)).status).toBe(202);
  expect(await api.store.orders.find(orderId)).toEqual(before);
});

test('a forged, an unsigned or a stale event is 400 and changes nothing', async () => {
  const { orderId } = await place(api);
  const event = await api.pay(orderId);
  const old = Math.floor(Date.now() / 1_000) - 3_600;
  const refused = [
    await api.deliver(event, { secret: 'whsec_other' }),
    await api.deliver(event, { timestamp: old }),
    await api.post('/v1/webhooks/stripe', event),
  ];
  for (const response of refused) {
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'webhook_signature',
      detail: expect.stringMatching(/STRIPE_WEBHOOK_SECRET/),
    });
  }
  expect(await stateOf(orderId)).toBe('awaiting_payment');
  expect(await unprocessed()).toEqual([]);
});

test('a payment that settles later counts once it has settled', async () => {
  const { orderId } = await place(api);
  const completed = await api.pay(orderId, { async: true });
  await api.deliver(completed);
  await eventually(async () => {
    expect(await unprocessed()).toEqual([]);
  });
  expect(await stateOf(orderId)).toBe('awaiting_payment');
  await api.deliver(await settle(orderId, 'succeeded'));
  await becomes(orderId, 'paid');
});

test('a payment that fails later fails the order', async () => {
  const { orderId } = await place(api);
  await api.deliver(await api.pay(orderId, { async: true }));
  await api.deliver(await settle(orderId, 'failed'));
  await becomes(orderId, 'payment_failed');
  expect(await api.store.reports.ofOrder(orderId)).toEqual([]);
});

test('money that comes for an expired order is reported', async () => {
  const { orderId } = await place(api);
  const event = await api.pay(orderId);
  await api.store.orders.move(orderId, 'expired');
  await api.deliver(event);
  await eventually(() => expect(api.lines.join('')).toContain('paid although no longer open'));
  expect(await stateOf(orderId)).toBe('expired');
  expect(await api.store.reports.ofOrder(orderId)).toEqual([]);
});

test('an event whose processing failed is processed in the next turn', async () => {
  const { orderId } = await place(api);
  const event = await api.pay(orderId);
  await api.breakStripe({ kind: '503', count: 2, match: 'GET' });
  expect((await api.deliver(event)).status).toBe(202);
  await eventually(() => expect(api.lines.join('')).toContain('event not processed yet'));
  expect(await stateOf(orderId)).toBe('awaiting_payment');
  await eventually(async () => expect(await api.orders.processEvents()).toBe(1));
  expect(await stateOf(orderId)).toBe('paid');
});

test('a payment succeeds while Redis is away', async () => {
  const { orderId } = await place(api);
  const event = await api.pay(orderId);
  await api.redis.kill();
  try {
    expect((await api.deliver(event)).status).toBe(202);
    await eventually(async () => {
      expect(await api.store.reports.ofOrder(orderId)).toHaveLength(1);
      expect(api.lines.join('')).toContain('the sweeper will add them');
    });
    expect(await stateOf(orderId)).toBe('paid');
    const ready = await api.request('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not_ready', away: ['redis'] });
  } finally {
    await api.redis.start();
  }
});

async function settle(orderId: string, outcome: 'succeeded' | 'failed'): Promise<object> {
  const order = await api.store.orders.find(orderId);
  const path = `${api.stripeUrl}/_sandbox/sessions/${order?.checkoutSessionId}/settle`;
  const body = JSON.stringify({ outcome, deliver: false });
  const { eventId } = (await (await fetch(path, { method: 'POST', body })).json()) as {
    eventId: string;
  };
  const headers = { authorization: 'Bearer sk_test_sandbox' };
  return (
    await fetch(`${api.stripeUrl}/v1/events/${eventId}`, { headers })
  ).json() as Promise<object>;
}
