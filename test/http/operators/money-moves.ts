/** What happens to an order's money and reports, done as Stripe and the workers do it. */
import { newLink } from '../../../src/domain/link.ts';
import type { Report } from '../../../src/domain/report.ts';
import { type ApiRig, bearer, type Placed, place } from '../api-rig.ts';

/** Places and pays an order. */
export async function paidOrder(api: ApiRig, change: object = {}): Promise<Placed> {
  const placed = await place(api, change);
  await api.pay(placed.orderId);
  const path = `/v1/orders/${placed.orderId}/confirm`;
  const confirmed = await api.request(path, { method: 'POST', ...bearer(placed) });
  if (confirmed.status !== 202) throw new Error(`not paid: ${confirmed.status}`);
  return placed;
}

export async function orderOf(api: ApiRig, { orderId }: Pick<Placed, 'orderId'>) {
  const order = await api.store.orders.find(orderId);
  if (!order) throw new Error('no order');
  return order;
}

/** Takes a report to its end as a worker does. @param ago how long ago it ended, milliseconds */
export async function endReport(
  api: ApiRig,
  report: Pick<Report, 'id'>,
  to: 'delivered' | 'failed',
  ago = 0,
): Promise<void> {
  const now = new Date(Date.now() - ago);
  const claimed = await api.store.reports.claim(report.id, now);
  if (!claimed) throw new Error('not claimed');
  const { fence, id } = claimed;
  const settledAt = now.toISOString();
  if (to === 'failed') {
    await api.store.reports.move(id, fence, 'failed', now, { reason: 'attempts', settledAt });
    return;
  }
  const pdf = { edition: 1, key: `${id}/e1.pdf`, url: '', pages: 15, bytes: 1, sha256: '' };
  await api.store.reports.move(id, fence, 'rendering', now);
  await api.store.reports.move(id, fence, 'delivering', now, { pdf });
  await api.store.reports.move(id, fence, 'delivered', now, { settledAt });
}

/** A delivered order, with its link as in an e-mail. */
export async function deliveredOrder(
  api: ApiRig,
  change: object = {},
): Promise<{ placed: Placed; path: string; linkId: string }> {
  const placed = await paidOrder(api, change);
  const [report] = await api.store.reports.ofOrder(placed.orderId);
  if (!report) throw new Error('no report');
  await endReport(api, report, 'delivered');
  const link = await api.store.links.ensure(
    newLink(report, new Date(Date.now() + 60_000).toISOString(), new Date()),
  );
  return { placed, linkId: link.id, path: `/d/${api.tokens.make('link', link.id, 1)}` };
}

/** Does something at the stand-in, and sends the events to the webhook. */
export async function atStripe(api: ApiRig, path: string, wish: object = {}): Promise<string[]> {
  const body = JSON.stringify({ deliver: false, ...wish });
  const response = await fetch(`${api.stripeUrl}/_sandbox/${path}`, { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  const { eventIds } = (await response.json()) as { eventIds: string[] };
  for (const id of eventIds) {
    const delivered = await api.deliver(await stripeObject(api, `events/${id}`));
    if (delivered.status !== 202) throw new Error(`webhook: ${delivered.status}`);
  }
  return eventIds;
}

/** Reads from the stand-in's API. */
export async function stripeObject(api: ApiRig, path: string): Promise<Record<string, unknown>> {
  const headers = { authorization: 'Bearer sk_test_sandbox' };
  const response = await fetch(`${api.stripeUrl}/v1/${path}`, { headers });
  return (await response.json()) as Record<string, unknown>;
}

/** What the stand-in has paid back for an order, minor units. */
export async function paidBack(api: ApiRig, placed: Placed): Promise<number[]> {
  const { paymentIntentId } = await orderOf(api, placed);
  const list = await stripeObject(api, `refunds?limit=100&payment_intent=${paymentIntentId}`);
  return (list.data as { amount: number }[]).map(({ amount }) => amount);
}
