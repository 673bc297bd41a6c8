/** A customer who orders, pays and comes back, whatever happens to the house. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { useGrace } from './grace.ts';
import type { House } from './house.ts';
import type { PlannedOrder } from './plan.ts';
import { send } from './send.ts';

const placed = z.object({ orderId: z.string(), accessToken: z.string(), checkoutUrl: z.string() });
const event = z.object({ eventId: z.string() });
const delivery = z.object({ statuses: z.array(z.number().nullable()) });
const dispute = z.object({ data: z.object({ object: z.object({ id: z.string() }) }) });
const AGAIN_MS = 700;
/** Some reports are being written by then. */
const REGRET_MS = 2_000;

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
  const { inGrace = 'wait' } = order;
  if (inGrace !== 'wait') {
    const page = { orderId, accessToken, customer };
    await useGrace(inGrace, (work) => persist(signal, work), house.apiUrls, page);
  }
  if (order.regrets) {
    await sleep(REGRET_MS, undefined, { signal });
    if (order.regrets === 'erased') {
      await persist(signal, (tries) =>
        send(`${house.apiUrls[tries % house.apiUrls.length]}/v1/orders/${orderId}`, {
          method: 'DELETE',
          customer,
          headers: { authorization: `Bearer ${accessToken}` },
        }),
      );
    } else {
      await claimBack(house, { session, outcome: order.regrets, customer, signal });
    }
  }
  return { orderId, accessToken, paid: true };
}

interface Claim {
  session: string | undefined;
  outcome: 'won' | 'lost';
  customer: number;
  signal: AbortSignal;
}

/** The stand-in sends the events again until they are accepted; what is lost, reconciliation finds. */
async function claimBack(house: House, { session, outcome, customer, signal }: Claim) {
  const { stripe } = house.sandbox;
  const path = `${stripe}/_sandbox/sessions/${session}/dispute`;
  const { eventId } = event.parse(await send(path, { body: {}, customer }));
  const headers = { authorization: 'Bearer sk_test_sandbox' };
  const read = () => send(`${stripe}/v1/events/${eventId}`, { method: 'GET', headers, customer });
  const { id } = dispute.parse(await persist(signal, read)).data.object;
  await sleep(REGRET_MS, undefined, { signal });
  await send(`${stripe}/_sandbox/disputes/${id}/close`, { body: { outcome }, customer });
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
