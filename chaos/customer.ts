/** A customer who orders, pays and comes back, whatever the house is going through. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { House } from './house.ts';
import type { PlannedOrder } from './plan.ts';
import { send } from './send.ts';

const placed = z.object({ orderId: z.string(), accessToken: z.string(), checkoutUrl: z.string() });
const paid = z.object({ eventId: z.string(), statuses: z.array(z.number().nullable()) });
const AGAIN_MS = 700;

/** @returns the order's id. Gives up only when `signal` says so */
export async function shop(
  house: House,
  order: PlannedOrder,
  key: string,
  customer: number,
  signal: AbortSignal,
): Promise<{ orderId: string; paid: boolean }> {
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
  if (!order.pays) return { orderId, paid: false };

  const session = new URL(checkoutUrl).pathname.split('/').at(-1);
  const stripe = `${house.sandbox.stripe}/_sandbox`;
  const body = order.webhooks === 0 ? { deliver: false } : { times: order.webhooks };
  const { eventId, statuses } = paid.parse(
    await send(`${stripe}/sessions/${session}/pay`, { body, customer }),
  );
  if (order.webhooks === 0) {
    // the webhook never comes: the page that the customer returns to confirms
    await persist(signal, (tries) =>
      send(`${house.apiUrls[tries % house.apiUrls.length]}/v1/orders/${orderId}/confirm`, {
        customer,
        headers: { authorization: `Bearer ${accessToken}` },
      }),
    );
  } else if (!statuses.some(isAccepted)) {
    // as the provider does: sent again until it is taken
    await persist(signal, async () => {
      const again = paid.pick({ statuses: true });
      const sent = again.parse(
        await send(`${stripe}/events/${eventId}/deliver`, { body: {}, customer }),
      );
      if (!sent.statuses.some(isAccepted)) throw new Error('not taken');
    });
  }
  return { orderId, paid: true };
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
