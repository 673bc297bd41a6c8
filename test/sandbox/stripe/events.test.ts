import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderFault } from '../control.ts';
import { bundleCheckout, control, type Merchant, openMerchant } from './merchant.ts';

let merchant: Merchant;
let stripe: Stripe;

beforeEach(async () => {
  merchant = await openMerchant();
  stripe = merchant.stripe;
});
afterEach(() => merchant.close());

const open = async () => (await stripe.checkout.sessions.create(bundleCheckout())).id;
const types = () => merchant.received.map((event) => event.type);

describe('payments and their events', () => {
  it('pays by control route: signed event, payment intent, session complete', async () => {
    const id = await open();
    const { eventId, statuses } = await control(merchant.url, `sessions/${id}/pay`);
    expect(statuses).toEqual([202]);
    const [event] = merchant.received;
    expect(event).toMatchObject({
      id: eventId,
      type: 'checkout.session.completed',
      data: { object: { id, payment_status: 'paid' } },
    });
    const session = await stripe.checkout.sessions.retrieve(id);
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid' });
    const intent = await stripe.paymentIntents.retrieve(String(session.payment_intent));
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 4_900,
      metadata: { orderId: 'ord_1' },
    });
    await expect(control(merchant.url, `sessions/${id}/pay`)).rejects.toThrow('open');
  });

  it('sends an event five times at once when told to', async () => {
    await control(merchant.url, `sessions/${await open()}/pay`, { times: 5, concurrent: true });
    expect(merchant.received.map((event) => event.id)).toEqual(
      Array(5).fill(merchant.received[0]?.id),
    );
  });

  it('lists events that were not delivered, and delivers them later', async () => {
    await control(merchant.url, `sessions/${await open()}/pay`);
    const { eventId } = await control(merchant.url, `sessions/${await open()}/pay`, {
      deliver: false,
    });
    const undelivered = () =>
      stripe.events.list({ delivery_success: false, types: ['checkout.session.completed'] });
    expect((await undelivered()).data.map((event) => event.id)).toEqual([eventId]);
    expect(merchant.received).toHaveLength(1);
    await control(merchant.url, `events/${eventId}/deliver`);
    expect((await undelivered()).data).toEqual([]);
    expect(merchant.received[1]?.id).toBe(eventId);
    expect((await stripe.events.retrieve(eventId)).type).toBe('checkout.session.completed');
  });

  it('tries again until the endpoint acknowledges', async () => {
    merchant.statuses.push(500, 503);
    const { statuses } = await control(merchant.url, `sessions/${await open()}/pay`);
    expect(statuses).toEqual([500]);
    await expect.poll(() => merchant.received.length).toBe(3);
    const delivered = async () =>
      (await stripe.events.list({ delivery_success: true })).data.length;
    await expect.poll(delivered).toBe(1);
  });

  it('sends nothing while webhooks are told to fail', async () => {
    await orderFault(merchant.url, { kind: 'no_webhook' });
    await control(merchant.url, `sessions/${await open()}/pay`);
    expect(merchant.received).toEqual([]);
    expect((await stripe.events.list()).data).toHaveLength(1);
  });

  it.each([
    ['succeeded', 'paid'],
    ['failed', 'unpaid'],
  ])('with an asynchronous method, completes unpaid first and then %s', async (outcome, status) => {
    const id = await open();
    await control(merchant.url, `sessions/${id}/pay`, { async: true });
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    });
    await control(merchant.url, `sessions/${id}/settle`, { outcome });
    expect(types()).toEqual([
      'checkout.session.completed',
      `checkout.session.async_payment_${outcome}`,
    ]);
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe(status);
  });

  it('can charge another amount than the session’s, for a merchant to notice', async () => {
    const id = await open();
    await control(merchant.url, `sessions/${id}/pay`, { amount: 1, currency: 'eur' });
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      amount_total: 1,
      currency: 'eur',
    });
  });

  it('sends to a new address when told to', async () => {
    await control(merchant.url, 'webhook', { url: 'http://127.0.0.1:9/nobody' });
    const { statuses } = await control(merchant.url, `sessions/${await open()}/pay`);
    expect(statuses).toEqual([null]);
    expect(merchant.received).toEqual([]);
    await expect(control(merchant.url, 'webhook', { url: 'nowhere' })).rejects.toThrow('url');
  });

  it('pages through events, newest first', async () => {
    const ids = [];
    for (const _ of [1, 2, 3])
      ids.unshift((await control(merchant.url, `sessions/${await open()}/pay`)).eventId);
    const first = await stripe.events.list({ limit: 2 });
    expect(first).toMatchObject({ has_more: true });
    expect(first.data.map((event) => event.id)).toEqual(ids.slice(0, 2));
    const all = await stripe.events
      .list({ limit: 1, created: { gte: 1 } })
      .autoPagingToArray({ limit: 10 });
    expect(all.map((event) => event.id)).toEqual(ids);
  });
});

describe('the pay page', () => {
  const page = async (id: string, action?: string) =>
    fetch(`${merchant.url}/pay/${id}`, {
      redirect: 'manual',
      ...(action === undefined ? {} : { method: 'POST', body: new URLSearchParams({ action }) }),
    });

  it('shows what is bought and the sum, escaped, under a strict policy', async () => {
    const response = await page(await open());
    const text = await response.text();
    expect(text).toContain('Personal Horoscope');
    expect(text).toContain('Blueprint &lt;b&gt;&amp;');
    expect(text).toContain('$49.00');
    expect(text).toContain('href="http://127.0.0.1:3000/o/token"');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toContain('<script');
  });

  it('pays on a click and goes back to the shop', async () => {
    const id = await open();
    const response = await page(id, 'pay');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`http://127.0.0.1:3000/o/token?session=${id}`);
    await expect.poll(types).toEqual(['checkout.session.completed']);
    expect(await (await page(id, 'pay')).text()).toContain('Already paid');
    expect(types()).toHaveLength(1);
  });

  it('declines without charging, and lets another try', async () => {
    const id = await open();
    const response = await page(id, 'decline');
    expect(response.status).toBe(402);
    expect(await response.text()).toContain('declined');
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
  });

  it('is 410 once the session has expired, and 404 for an unknown session', async () => {
    const id = await open();
    await stripe.checkout.sessions.expire(id);
    expect((await page(id, 'pay')).status).toBe(410);
    expect((await page('cs_test_gone')).status).toBe(404);
  });
});
