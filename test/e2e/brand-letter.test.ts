import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { PlacedOrder } from '../../cli/local/customer.ts';
import { openShop } from './shop.ts';

const TIME_SCALE = 5;
const SWEEP_MS = 10_000 / TIME_SCALE;
const VICTIM = 'victim@example.com';
/** What somebody would like to send to a stranger under our name. */
const WORDS = 'You won 9000 EUR https://evil.example/claim';
const NAMED = 'Claim your prize now www.evil.example';

const mailbox = z.object({
  messages: z.array(z.object({ subject: z.string(), text: z.string(), html: z.string() })),
});

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop({ timeScale: TIME_SCALE, environment: { GRACE: 'on' } });
}, 60_000);
afterAll(() => shop.close());

async function send(path: string, body: object | null, order?: PlacedOrder): Promise<unknown> {
  const response = await fetch(`${shop.apiUrl}/v1/orders${path}`, {
    method: 'POST',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(order && { authorization: `Bearer ${order.accessToken}` }),
    },
    body: body && JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return response.json();
}

const birth = (name: string) => ({
  name,
  date: '1990-06-15',
  time: '11:00',
  place: { name: NAMED, latitude: 51.5, longitude: -0.1, timeZone: 'Europe/London' },
});

async function lettersTo(address: string) {
  const response = await fetch(`${shop.sandbox.sendgrid}/_sandbox/messages?to=${address}`);
  return mailbox.parse(await response.json()).messages;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}

test('whoever pays, writes to a stranger in the name and cancels, has one letter sent without a word of theirs', async () => {
  const wish = { email: VICTIM, products: ['personal-horoscope'], birth: birth(WORDS) };
  const order = (await send('', wish)) as PlacedOrder;
  await shop.pay(order);
  await until(async () => (await shop.store.orders.find(order.orderId))?.state === 'paid');
  await until(async () => (await lettersTo(VICTIM)).length > 0);
  await send(`/${order.orderId}/cancel`, null, order);
  await until(async () =>
    (await shop.store.refunds.ofOrder(order.orderId)).some(({ state }) => state === 'done'),
  );
  await sleep(2 * SWEEP_MS); // any other letter would go with a sweep
  const letters = await lettersTo(VICTIM);
  expect(letters).toHaveLength(1);
  for (const { subject, text, html } of letters) {
    for (const part of [subject, text, html]) expect(part).not.toMatch(/won|prize|evil|9000/i);
    expect(text).toContain('an order was placed with your address');
  }
}, 90_000);
