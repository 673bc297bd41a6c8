import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { journalOf, orderFault, reset } from '../control.ts';
import { bundleCheckout, control, type Merchant, openMerchant } from './merchant.ts';

let merchant: Merchant;
let stripe: Stripe;

beforeAll(async () => {
  merchant = await openMerchant();
  stripe = merchant.stripe;
});
afterEach(() => reset(merchant.url));
afterAll(() => merchant.close());

const create = (more = {}, options = {}) =>
  stripe.checkout.sessions.create(bundleCheckout(more), options);
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('the Stripe stand-in, asked with the real SDK', () => {
  it('opens a session from priced lines, and returns it when asked', async () => {
    const session = await create();
    expect(session).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 4_900,
      currency: 'usd',
      client_reference_id: 'ord_1',
      metadata: { orderId: 'ord_1' },
      payment_intent: null,
      url: `${merchant.url}/pay/${session.id}`,
    });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(4_900);
    const { line_items } = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['line_items'],
    });
    expect(line_items?.data.map((line) => line.description)).toEqual([
      'Personal Horoscope',
      'Blueprint <b>&',
    ]);
    expect((await stripe.checkout.sessions.listLineItems(session.id)).data).toHaveLength(2);
  });

  it('answers an idempotency key with the first session, even at once, and refuses it for another request', async () => {
    const options = { idempotencyKey: 'ord_7' };
    const [first, second] = await Promise.all([create({}, options), create({}, options)]);
    expect(second.id).toBe(first.id);
    expect((await create({}, options)).id).toBe(first.id);
    const error = await caught(create({ client_reference_id: 'ord_8' }, options));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  it.each([
    ['no lines', { line_items: [] }, 'line_items'],
    [
      'an amount below the minimum',
      {
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'usd', unit_amount: 49, product_data: { name: 'x' } },
          },
        ],
      },
      undefined,
    ],
    [
      'a fraction of a cent',
      {
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'usd', unit_amount: 99.5, product_data: { name: 'x' } },
          },
        ],
      },
      'line_items[0][price_data][unit_amount]',
    ],
    ['a missing success_url', { success_url: '' }, 'success_url'],
    ['an invalid e-mail address', { customer_email: 'ada' }, 'customer_email'],
    [
      'an expiry that is too soon',
      { expires_at: Math.floor(Date.now() / 1000) + 60 },
      'expires_at',
    ],
  ])('refuses %s', async (_, more, param) => {
    const error = await caught(create(more));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, ...(param === undefined ? {} : { param }) });
  });

  it('refuses an invalid key', async () => {
    const { hostname, port } = new URL(merchant.url);
    const stranger = new Stripe('sk_live_x', {
      host: hostname,
      port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    expect(await caught(stranger.events.list())).toBeInstanceOf(
      Stripe.errors.StripeAuthenticationError,
    );
  });

  it('expires a session once', async () => {
    const { id } = await create();
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    expect(await caught(stripe.checkout.sessions.expire(id))).toMatchObject({ statusCode: 400 });
    await expect
      .poll(() => merchant.received.map((event) => event.type))
      .toContain('checkout.session.expired');
  });

  it('refunds in parts, idempotently, and never more than was paid', async () => {
    const { id } = await create();
    await control(merchant.url, `sessions/${id}/pay`);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
    const intent = String(payment_intent);
    const refund = (amount?: number, idempotencyKey?: string) =>
      stripe.refunds.create(
        { payment_intent: intent, amount, metadata: { orderId: 'ord_1' } },
        { idempotencyKey },
      );
    const first = await refund(1_900, 'ref_1');
    expect(first).toMatchObject({ status: 'succeeded', amount: 1_900, currency: 'usd' });
    expect((await refund(1_900, 'ref_1')).id).toBe(first.id);
    expect(await caught(refund(3_001))).toMatchObject({ statusCode: 400, param: 'amount' });
    expect((await refund()).amount).toBe(3_000);
    expect(await caught(refund(1))).toMatchObject({ code: 'charge_already_refunded' });
    expect(
      (await stripe.refunds.list({ payment_intent: intent })).data.map(({ amount }) => amount),
    ).toEqual([3_000, 1_900]);
    expect((await stripe.refunds.retrieve(first.id)).metadata).toEqual({ orderId: 'ord_1' });
  });

  it('answers 404 for objects that it never made', async () => {
    expect(await caught(stripe.checkout.sessions.retrieve('cs_test_gone'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    expect(await caught(stripe.paymentIntents.retrieve('pi_gone'))).toMatchObject({
      statusCode: 404,
    });
  });

  it('journals each request with its idempotency key', async () => {
    await create({}, { idempotencyKey: 'ord_9' });
    expect(await journalOf(merchant.url)).toMatchObject([
      {
        method: 'POST',
        path: '/v1/checkout/sessions',
        idempotencyKey: 'ord_9',
        outcome: 'answered',
        status: 200,
      },
    ]);
  });
});

describe('faults, as the SDK sees them', () => {
  it.each([
    ['401', Stripe.errors.StripeAuthenticationError],
    ['429', Stripe.errors.StripeRateLimitError],
    ['500', Stripe.errors.StripeAPIError],
    ['503', Stripe.errors.StripeAPIError],
  ])('%s', async (kind, error) => {
    await orderFault(merchant.url, { kind });
    expect(await caught(create())).toBeInstanceOf(error);
    expect((await create()).status).toBe('open');
  });

  it('the SDK itself retries a dropped connection once, and then reports an error', async () => {
    await orderFault(merchant.url, { kind: 'dropped_connection', count: 5 });
    expect(await caught(create())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  });

  it('a request whose answer was lost is done, and the same key returns the answer', async () => {
    await orderFault(merchant.url, { kind: 'lost_answer', count: 2 });
    const options = { idempotencyKey: 'ord_lost' };
    await caught(create({}, options));
    await reset(merchant.url);
    const before = (await stripe.checkout.sessions.list({ limit: 100 })).data.length;
    await create({}, options);
    expect((await stripe.checkout.sessions.list({ limit: 100 })).data).toHaveLength(before);
  });

  it.each([
    ['slow', { ms: 5_000 }],
    ['stalled_body', {}],
  ])('%s runs into the time limit', async (kind, more) => {
    await orderFault(merchant.url, { kind, count: 3, ...more });
    expect(await caught(create({}, { timeout: 1_000 }))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
  });
});
