/** Which orders are old enough to be erased, and which of them have to wait. */
import type { Retention } from '../../domain/erasure.ts';
import type { Order } from '../../domain/order.ts';
import type { Timings } from '../../domain/patience.ts';
import type { Store } from '../../domain/ports/store.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface OldOrder {
  order: Order;
  /** why it has to wait; null: it may be erased now */
  waits: string | null;
}

export interface OldOrdersDeps {
  store: Pick<Store, 'orders' | 'refunds'>;
  timings: Pick<Timings, 'awaitedMost'>;
}

/**
 * Never paid: by the day when it was placed, oldest first. Then paid: by the day when it ended, unless `endedDays` is
 * null. What is being written is never old. An order whose payment may still arrive is not old either.
 */
export async function* oldOrders(
  { store, timings }: OldOrdersDeps,
  { unpaidDays, endedDays }: Retention,
  now: Date,
): AsyncGenerator<OldOrder> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const awaitedBefore = new Date(now.getTime() - timings.awaitedMost).toISOString();
  for await (const order of store.orders.unpaidBefore(daysAgo(unpaidDays))) {
    if (order.state === 'awaiting_payment' && order.createdAt >= awaitedBefore) continue;
    yield { order, waits: await whyItWaits(store, order) };
  }
  if (endedDays === null) return;
  for await (const order of store.orders.settledBefore(daysAgo(endedDays))) {
    yield { order, waits: await whyItWaits(store, order) };
  }
}

/** A dispute that is open; whichever of the two an order has. */
type Disputable = Order & { dispute?: { status: string } | null; disputedAt?: string | null };

async function whyItWaits(
  store: Pick<Store, 'refunds'>,
  order: Disputable,
): Promise<string | null> {
  if (order.dispute?.status === 'open' || order.disputedAt) return 'its payment is disputed';
  const refunds = await store.refunds.ofOrder(order.id);
  const owed = refunds.find(({ state }) => state !== 'done' && state !== 'void');
  return owed === undefined ? null : `its refund ${owed.id} is ${owed.state}`;
}
