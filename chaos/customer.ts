/** A customer who orders, pays and comes back, whatever happens to the house. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { House } from './house.ts';
import type { PlannedOrder } from './plan.ts';
import { send } from './send.ts';

const placed = z.object({ orderId: z.string(), accessToken: z.string(), checkoutUrl: z.string() });
const event = z.object({ eventId: z.string() });
const delivery = z.object({ statuses: z.array(z.number().nullable()) });
const AGAIN_MS = 700;

export interface Shopped {
  orderId: string;
  accessToken: string;
  paid: boolean;
}

/** Gives up only when the signal aborts. @throws the signal's reason */
export async function shop(
  house: House,
  order: PlannedOrder,
  key: string,
  customer: number,
  signal: AbortSignal,
): Promise<Shopped> {
  const { orderId, accessToken, checkoutUrl } = placed.parse(
    await persist(signal, (tries) =>
      send(`${house.apiUrls[tries % house.apiUrls.length]}/v1/orders`, {
        customer,
        headers: { 'idempotency-key': key },
        body: {
          email: `${key}@example.com`,
          products: order.products,
          birth: {
            name: 'Ada Moreau',
            date: '1990-06-15',
            time: '11:00',
            place: { name: 'London', latitude: 51.5, longitude: -0.1, timeZone: 'Europe/London' },
          },
        },
      }),
    ),
  );
  if (!order.pays) return { orderId, accessToken, paid: false };
  await sleep(order.hesitatesMs, undefined, { signal });

  const { times, delayMs, shuffled } = order.webhooks;
  const session = new URL(checkoutUrl).pathname.split('/').at(-1);
  const stripe = `${house.sandbox.stripe}/_sandbox`;
  const told = async (path: string, body: object) =>
    event.parse(await send(`${stripe}/${path}`, { body: { ...body, deliver: false }, customer }));
  const events = [await told(`sessions/${session}/pay`, { async: shuffled })];
  if (shuffled) events.unshift(await told(`sessions/${session}/settle`, { outcome: 'succeeded' }));
  await sleep(delayMs, undefined, { signal });
  for (const { eventId } of times > 0 ? events : []) {
    // like the provider: sent again until it is accepted
    await persist(signal, async () => {
      const sent = await send(`${stripe}/events/${eventId}/deliver`, { body: { times }, customer });
      if (!delivery.parse(sent).statuses.some(isAccepted)) throw new Error('not accepted');
    });
  }
  // no webhook ever comes, so the customer's return page confirms
  if (times === 0) {
    await persist(signal, (tries) =>
      send(`${house.apiUrls[tries % house.apiUrls.length]}/v1/orders/${orderId}/confirm`, {
        customer,
        headers: { authorization: `Bearer ${accessToken}` },
      }),
    );
  }
  return { orderId, accessToken, paid: true };
}

function isAccepted(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

async function persist<T>(signal: AbortSignal, work: (tries: number) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await work(tries);
    } catch {
      await sleep(AGAIN_MS, undefined, { signal });
    }
  }
}
