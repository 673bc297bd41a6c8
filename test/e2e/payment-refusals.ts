/** Payments that must not count: how each is tried, and the answer. Printed in `docs/payment-events.md`. */
import Stripe from 'stripe';
import type { PlacedOrder } from '../../cli/local/customer.ts';

/** Where a payment is tried. */
export interface Till {
  apiUrl: string;
  stripeUrl: string;
  /** another customer's order */
  stranger: PlacedOrder;
}

export interface Refusal {
  where: 'webhook' | 'confirm';
  attempt: string;
  status: number;
  /** null: accepted, and then ignored */
  code: string | null;
  /** an operator is called: there is money without an order */
  alert: boolean;
  try(till: Till, order: PlacedOrder): Promise<Response>;
}

const SECRET = 'whsec_sandbox';
const KEY = { authorization: 'Bearer sk_test_sandbox' };
const signer = new Stripe('sk_test_sandbox');

export const REFUSALS: readonly Refusal[] = [
  {
    where: 'webhook',
    attempt: 'paid, without a signature',
    status: 400,
    code: 'webhook_signature',
    alert: false,
    try: async (till, order) => post(till, await paidEvent(till, order), ''),
  },
  {
    where: 'webhook',
    attempt: 'paid, signed with another secret',
    status: 400,
    code: 'webhook_signature',
    alert: false,
    try: async (till, order) => sign(till, await paidEvent(till, order), { secret: 'whsec_other' }),
  },
  {
    where: 'webhook',
    attempt: 'a body altered after it was signed',
    status: 400,
    code: 'webhook_signature',
    alert: false,
    async try(till, order) {
      const event = await paidEvent(till, order);
      return post(till, event.replace(/"evt_\w+"/, '"evt_mine"'), signature(event));
    },
  },
  {
    where: 'webhook',
    attempt: 'body and signature from 301 seconds ago, sent again',
    status: 400,
    code: 'webhook_signature',
    alert: false,
    async try(till, order) {
      const timestamp = Math.floor(Date.now() / 1_000) - 301;
      return sign(till, await paidEvent(till, order), { timestamp });
    },
  },
  {
    where: 'webhook',
    attempt: 'signed, but the event has no id',
    status: 400,
    code: 'webhook_event',
    alert: false,
    async try(till, order) {
      const { id, ...rest } = JSON.parse(await paidEvent(till, order));
      return sign(till, JSON.stringify(rest));
    },
  },
  {
    where: 'webhook',
    attempt: 'a session of another account that names the order',
    status: 202,
    code: null,
    alert: false,
    async try(till, order) {
      const event = JSON.parse(await paidEvent(till, order));
      event.data.object.id = 'cs_live_of_another_account';
      return sign(till, JSON.stringify(event));
    },
  },
  {
    where: 'webhook',
    attempt: 'another session of our account that names the order',
    status: 202,
    code: null,
    alert: true,
    async try(till, order) {
      const session = await secondSession(till, order);
      return sign(
        till,
        await paidEvent(till, { ...order, checkoutUrl: `http://x/pay/${session}` }),
      );
    },
  },
  {
    where: 'webhook',
    attempt: 'not the amount of the order',
    status: 202,
    code: null,
    alert: true,
    try: async (till, order) => sign(till, await paidEvent(till, order, { amount: 50 })),
  },
  {
    where: 'webhook',
    attempt: 'not the currency of the order',
    status: 202,
    code: null,
    alert: true,
    try: async (till, order) => sign(till, await paidEvent(till, order, { currency: 'jpy' })),
  },
  {
    where: 'confirm',
    attempt: 'not paid',
    status: 402,
    code: 'not_paid',
    alert: false,
    try: confirm,
  },
  {
    where: 'confirm',
    attempt: 'not the amount of the order',
    status: 409,
    code: 'payment_mismatch',
    alert: true,
    async try(till, order) {
      await paidEvent(till, order, { amount: 50 });
      return confirm(till, order);
    },
  },
  {
    where: 'confirm',
    attempt: 'not the currency of the order',
    status: 409,
    code: 'payment_mismatch',
    alert: true,
    async try(till, order) {
      await paidEvent(till, order, { currency: 'jpy' });
      return confirm(till, order);
    },
  },
  {
    where: 'confirm',
    attempt: "paid, with another order's token",
    status: 404,
    code: 'not_found',
    alert: false,
    async try(till, order) {
      await paidEvent(till, order);
      return confirm(till, { ...order, accessToken: till.stranger.accessToken });
    },
  },
  {
    where: 'confirm',
    attempt: 'paid, without a token',
    status: 401,
    code: 'unauthorized',
    alert: false,
    async try(till, order) {
      await paidEvent(till, order);
      return confirm(till, { ...order, accessToken: '' });
    },
  },
];

/** Pays at the stand-in. @returns the event's body, which has not been sent */
async function paidEvent(till: Till, order: PlacedOrder, wish: object = {}): Promise<string> {
  const session = new URL(order.checkoutUrl).pathname.split('/').at(-1);
  const path = `${till.stripeUrl}/_sandbox/sessions/${session}/pay`;
  const body = JSON.stringify({ deliver: false, ...wish });
  const paid = await fetch(path, { method: 'POST', body });
  const { eventId } = (await paid.json()) as { eventId: string };
  return (await fetch(`${till.stripeUrl}/v1/events/${eventId}`, { headers: KEY })).text();
}

/** @returns the session's id */
async function secondSession({ stripeUrl }: Till, { orderId }: PlacedOrder): Promise<string> {
  const form = new URLSearchParams({
    mode: 'payment',
    client_reference_id: orderId,
    success_url: 'https://almanac.example/',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '50',
    'line_items[0][price_data][product_data][name]': 'Nearly nothing',
  });
  const path = `${stripeUrl}/v1/checkout/sessions`;
  const made = await fetch(path, { method: 'POST', headers: KEY, body: form });
  return ((await made.json()) as { id: string }).id;
}

function confirm({ apiUrl }: Till, { orderId, accessToken }: PlacedOrder): Promise<Response> {
  const headers: Record<string, string> = accessToken
    ? { authorization: `Bearer ${accessToken}` }
    : {};
  return fetch(`${apiUrl}/v1/orders/${orderId}/confirm`, { method: 'POST', headers });
}

interface Signing {
  secret?: string;
  timestamp?: number;
}

function signature(payload: string, { secret = SECRET, timestamp }: Signing = {}): string {
  return signer.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

const sign = (till: Till, payload: string, signing: Signing = {}): Promise<Response> =>
  post(till, payload, signature(payload, signing));

function post({ apiUrl }: Till, body: string, header: string): Promise<Response> {
  return fetch(`${apiUrl}/v1/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': header },
    body,
  });
}
