/** A merchant: the real SDK, and an endpoint that checks signatures and keeps events. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { startStripe } from '../../../sandbox/stripe/stripe.ts';

export const SECRET = 'whsec_sandbox';

export interface Merchant {
  url: string;
  stripe: Stripe;
  received: Stripe.Event[];
  /** statuses for the next webhooks; 202 after those */
  statuses: number[];
  close(): Promise<void>;
}

export async function openMerchant(): Promise<Merchant> {
  const received: Stripe.Event[] = [];
  const statuses: number[] = [];
  let stripe: Stripe | null = null;
  const endpoint = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const signature = String(request.headers['stripe-signature']);
    const event = stripe?.webhooks.constructEvent(Buffer.concat(chunks), signature, SECRET);
    if (event) received.push(event);
    response.writeHead(statuses.shift() ?? 202).end();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const server = await startStripe({
    host: '127.0.0.1',
    port: 0,
    seed: 1,
    webhookUrl: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/webhook`,
    webhookSecret: SECRET,
    publicUrl: null,
  });
  const { hostname, port } = new URL(server.url);
  stripe = new Stripe('sk_test_sandbox', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout: 5_000,
    telemetry: false,
  });
  return {
    url: server.url,
    stripe,
    received,
    statuses,
    async close() {
      await server.close();
      await new Promise<void>((resolve) => {
        endpoint.close(() => resolve());
        endpoint.closeAllConnections();
      });
    },
  };
}

export function bundleCheckout(more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'usd',
          unit_amount: 3_700,
          product_data: { name: 'Personal Horoscope' },
        },
      },
      {
        quantity: 1,
        price_data: {
          currency: 'usd',
          unit_amount: 1_200,
          product_data: { name: 'Blueprint <b>&' },
        },
      },
    ],
    client_reference_id: 'ord_1',
    customer_email: 'ada@example.org',
    metadata: { orderId: 'ord_1' },
    payment_intent_data: { metadata: { orderId: 'ord_1' } },
    success_url: 'http://127.0.0.1:3000/o/token?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:3000/o/token',
    ...more,
  } satisfies Stripe.Checkout.SessionCreateParams;
}

export async function control(url: string, path: string, body: object = {}) {
  const response = await fetch(`${url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { eventId: string; statuses: (number | null)[] };
}
