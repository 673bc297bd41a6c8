import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startStripe } from '../../sandbox/stripe/stripe.ts';
import { newId } from '../../src/domain/ids.ts';
import type { Order } from '../../src/domain/order.ts';
import { createStripePayment } from '../../src/payment/stripe.ts';
import { isPayPage } from '../../src/payment/stripe-answers.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { sampleOrder } from '../workers/sample.ts';

const lines: string[] = [];
const log = createLog(
  { level: 'debug', pretty: false, process: 'test' },
  { write: (line) => lines.push(line) },
);
let stripe: Awaited<ReturnType<typeof startStripe>>;
beforeAll(async () => {
  const host = '127.0.0.1';
  const rest = { seed: 1, webhookUrl: null, webhookSecret: 'whsec_test', publicUrl: null };
  stripe = await startStripe({ host, port: 0, ...rest });
});
afterAll(() => stripe.close());
afterEach(async () => {
  await fetch(`${stripe.url}/_sandbox/faults`, { method: 'DELETE' });
});

function payment(change: { key?: string; url?: string } = {}) {
  return createStripePayment({
    key: 'sk_test_sandbox',
    url: stripe.url,
    webhookSecret: 'whsec_test',
    timings: { stripeCall: 1_000, stripeTolerance: 300_000 },
    log,
    ...change,
  });
}

function anOrder(): Order {
  const order = sampleOrder(newId('ord'), ['bundle']);
  return { ...order, amountMinor: 4900, state: 'awaiting_payment', paidAt: null };
}

const bundle = [{ title: 'Bundle', amountMinor: 4900 }];
const back = 'https://almanac.example/o/token';

async function heal(): Promise<void> {
  await fetch(`${stripe.url}/_sandbox/faults`, { method: 'DELETE' });
}

async function pay(sessionId: string): Promise<void> {
  const path = `${stripe.url}/_sandbox/sessions/${sessionId}/pay`;
  await fetch(path, { method: 'POST', body: '{"deliver": false}' });
}

async function openSessions(order: Order): Promise<string[]> {
  const headers = { authorization: 'Bearer sk_test_sandbox' };
  const path = `${stripe.url}/v1/checkout/sessions?status=open&limit=100`;
  const { data } = (await (await fetch(path, { headers })).json()) as {
    data: { id: string; client_reference_id: string }[];
  };
  return data.filter((each) => each.client_reference_id === order.id).map(({ id }) => id);
}

async function breakStripe(fault: object): Promise<void> {
  await fetch(`${stripe.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

test('opens one checkout per order, and reads it back with the amount and the order', async () => {
  const order = anOrder();
  const first = await payment().openCheckout(order, bundle, back);
  expect(await payment().openCheckout(order, bundle, back)).toEqual(first);
  expect(await payment().readCheckout(first.sessionId)).toEqual({
    sessionId: first.sessionId,
    orderId: order.id,
    status: 'open',
    paid: false,
    amountMinor: 4900,
    currency: 'usd',
    paymentIntentId: null,
  });
});

test('a checkout that Stripe does not know is null', async () => {
  expect(await payment().readCheckout('cs_test_unknown')).toBeNull();
});

test('a lost answer is asked for again without opening a second checkout', async () => {
  const order = anOrder();
  await breakStripe({ kind: 'lost_answer', count: 1 });
  const { sessionId } = await payment().openCheckout(order, bundle, back);
  const again = await payment().openCheckout(order, bundle, back);
  expect(again.sessionId).toBe(sessionId);
});

test.each(['429', '500', '503', 'dropped_connection', 'stalled_body'])(
  '%s for longer than its tries is a transient fault',
  async (kind) => {
    await breakStripe({ kind, count: 9 });
    await expect(payment().readCheckout('cs_test_any')).rejects.toMatchObject({
      name: 'TransientFault',
      code: 'stripe_unavailable',
    });
  },
);

test.each(['answer_text', 'answer_true', 'answer_null', 'answer_empty'])(
  '200 with another thing than what was asked for (%s) is a transient fault of every call',
  async (kind) => {
    const order = anOrder();
    const { sessionId } = await payment().openCheckout(order, bundle, back);
    const other = await payment().openCheckout(anOrder(), bundle, back);
    await breakStripe({ kind, count: 99 });
    const odd = { name: 'TransientFault', code: 'stripe_answer' };
    const shares = [{ refundId: `rfd_${kind}`, amountMinor: 1 }];
    await expect(payment().readCheckout(sessionId)).rejects.toMatchObject(odd);
    await expect(payment().closeCheckout(other.sessionId)).rejects.toMatchObject(odd);
    const events = Array.fromAsync(payment().undelivered(new Date(0), ['refund.created']));
    await expect(events).rejects.toMatchObject(odd);
    await expect(payment().openCheckout(anOrder(), bundle, back)).rejects.toMatchObject(odd);
    await heal();
    await pay(sessionId);
    const { paymentIntentId } = (await payment().readCheckout(sessionId)) ?? {};
    await breakStripe({ kind, count: 99 });
    await expect(payment().readPayment(paymentIntentId ?? '')).rejects.toMatchObject(odd);
    await expect(payment().payBack(paymentIntentId ?? '', shares, 1)).rejects.toMatchObject(odd);
  },
);

test('a pay page that is not https is never passed on', async () => {
  await breakStripe({ kind: 'unsafe_url', count: 99 });
  await expect(payment().openCheckout(anOrder(), bundle, back)).rejects.toMatchObject({
    name: 'TransientFault',
    code: 'stripe_answer',
  });
});

test('only https is a pay page, and of the sandbox also http on this machine', () => {
  expect(isPayPage('https://checkout.stripe.com/c/pay', false)).toBe(true);
  for (const address of ['http://127.0.0.1:4011/pay/1', 'http://localhost:4011/pay/1']) {
    expect(isPayPage(address, true)).toBe(true);
    expect(isPayPage(address, false)).toBe(false);
  }
  for (const odd of [
    7,
    null,
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://evil.example',
  ]) {
    expect(isPayPage(odd, true)).toBe(false);
  }
});

test('a checkout whose key answers a stored fault is opened with the next key, and found again', async () => {
  const order = anOrder();
  await breakStripe({ kind: 'stored_500', count: 1, match: 'POST /v1/checkout' });
  const first = await payment().openCheckout(order, bundle, back);
  expect(await payment().openCheckout(order, bundle, back)).toEqual(first);
  expect(await openSessions(order)).toEqual([first.sessionId]);
});

test('a checkout that was opened although its answer was odd is the one that is used', async () => {
  const order = anOrder();
  await breakStripe({ kind: 'answer_empty', count: 1, match: 'POST /v1/checkout' });
  const { sessionId } = await payment().openCheckout(order, bundle, back);
  expect(await openSessions(order)).toEqual([sessionId]);
});

test('a checkout of the same order at an older price is closed when it is opened at the new one', async () => {
  const order = anOrder();
  const old = { ...order, amountMinor: 3900 };
  const older = await payment().openCheckout(old, [{ title: 'B', amountMinor: 3900 }], back);
  const now = await payment().openCheckout(order, bundle, back);
  expect(now.sessionId).not.toBe(older.sessionId);
  expect(await openSessions(order)).toEqual([now.sessionId]);
});

test('a session that Stripe does not know is closed: null, not an error', async () => {
  expect(await payment().closeCheckout('cs_test_unknown')).toBeNull();
});

test('a server that does not answer is a transient fault', async () => {
  const nowhere = payment({ url: 'http://127.0.0.1:1' });
  await expect(nowhere.readCheckout('cs_test_any')).rejects.toMatchObject({
    code: 'stripe_unavailable',
  });
});

test('Retry-After is passed on in milliseconds', async () => {
  await breakStripe({ kind: '429', retryAfter: 1 });
  await expect(payment().readCheckout('cs_test_any')).rejects.toMatchObject({
    retryAfterMs: 1_000,
  });
});

test.each([
  ['a point in time', 1_795_885_230],
  ['beyond reason', 99_999_999_999_999],
])('a Retry-After that is %s counts as none', async (_, retryAfter) => {
  await breakStripe({ kind: '429', retryAfter });
  await expect(payment().readCheckout('cs_test_any')).rejects.toMatchObject({
    code: 'stripe_unavailable',
    retryAfterMs: null,
  });
});

test('a refused key needs an operator', async () => {
  const wrong = payment({ key: 'sk_live_wrong' });
  await expect(wrong.openCheckout(anOrder(), bundle, back)).rejects.toMatchObject({
    name: 'NeedsOperator',
    code: 'stripe_key',
    message: expect.stringMatching(/STRIPE_SECRET_KEY/),
  });
});

test('an e-mail address that Stripe refuses is named as the field to correct', async () => {
  const order = { ...anOrder(), email: 'nobody' };
  await expect(payment().openCheckout(order, bundle, back)).rejects.toMatchObject({
    name: 'InvalidInput',
    issues: [{ field: 'email', message: expect.stringMatching(/spelling/) }],
  });
});

test('a request that Stripe will never accept is an error of its own, and no customer data is logged', async () => {
  const free = [{ title: 'Bundle', amountMinor: 0 }];
  await expect(payment().openCheckout(anOrder(), free, back)).rejects.toMatchObject({
    code: 'payment_rejected',
  });
  expect(lines.join('')).toContain('stripe call failed');
  expect(lines.join('')).not.toContain('ada@example.com');
});

test('reads an event that Stripe signed, and refuses a forged, altered or stale one', () => {
  const event = {
    id: 'evt_1',
    type: 'checkout.session.completed',
    data: { object: { id: 'cs_1' } },
  };
  const payload = JSON.stringify({ object: 'event', ...event });
  const signed = (secret: string, timestamp?: number) =>
    new Stripe('sk_test').webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const read = (body: string, header: string) => payment().readEvent(Buffer.from(body), header);

  expect(read(payload, signed('whsec_test'))).toEqual({
    id: 'evt_1',
    type: 'checkout.session.completed',
    objectId: 'cs_1',
  });
  const stale = Math.floor(Date.now() / 1_000) - 301;
  const refused: [string, string][] = [
    [payload, signed('whsec_other')],
    [payload.replace('cs_1', 'cs_2'), signed('whsec_test')],
    [payload, signed('whsec_test', stale)],
    [payload, ''],
    ['', signed('whsec_test')],
  ];
  for (const [body, header] of refused) {
    expect(() => read(body, header)).toThrow(
      expect.objectContaining({ code: 'webhook_signature' }),
    );
  }
});

test.each([
  ['without an id', { type: 'checkout.session.completed', data: { object: { id: 'cs_1' } } }],
  ['with an empty id', { id: '', type: 'refund.created', data: { object: { id: 're_1' } } }],
  ['without a type', { id: 'evt_1', data: { object: { id: 'cs_1' } } }],
  ['without an object (a "thin" event)', { id: 'evt_1', type: 'v1.billing', data: {} }],
  ['that is not an object', 7],
])('a signed event %s is refused as such', (_, event) => {
  const payload = JSON.stringify(event);
  const header = new Stripe('sk_test').webhooks.generateTestHeaderString({
    payload,
    secret: 'whsec_test',
  });
  expect(() => payment().readEvent(Buffer.from(payload), header)).toThrow(
    expect.objectContaining({ code: 'webhook_event' }),
  );
});
