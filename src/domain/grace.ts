/**
 * The grace: the minutes after payment in which the customer may still correct the order, start it at once, or cancel
 * it. It belongs to the order; reports of their own do not begin before it ends.
 */
import type { Catalogue } from './catalogue.ts';
import type { Order } from './order.ts';
import type { Timings } from './patience.ts';
import { isUnbegun, type ReportState } from './transitions.ts';

type GraceTimings = Pick<Timings, 'graceShort' | 'graceLong'>;

/** @returns when the grace of an order that is paid now ends, the longest of its products'; null: it has none */
export function graceUntil(
  order: Pick<Order, 'items'>,
  catalogue: Pick<Catalogue, 'newest'>,
  { graceShort, graceLong }: GraceTimings,
  paidAt: Date,
): string | null {
  const each = order.items.map(({ productId }) =>
    catalogue.newest(productId).grace === 'long' ? graceLong : graceShort,
  );
  const graceMs = Math.max(0, ...each);
  return graceMs > 0 ? new Date(paidAt.getTime() + graceMs).toISOString() : null;
}

/** @returns when the grace ends; null when there is none, or it is over */
export function graceLeft(order: Pick<Order, 'graceUntil'>, now: Date): Date | null {
  const until = new Date(order.graceUntil ?? 0);
  return until > now ? until : null;
}

/** @returns from when on promised times count, ISO 8601: the end of the grace, else the payment; null: not paid */
export function promisedFrom(order: Pick<Order, 'graceUntil' | 'paidAt'>): string | null {
  return order.graceUntil ?? order.paidAt;
}

/** Whether an order can still be corrected or cancelled: it is paid, and no run has begun any of its reports. */
export function isOpenToChange(
  order: Pick<Order, 'state' | 'erasedAt'>,
  reports: readonly { state: ReportState; fence: number }[],
): boolean {
  return order.state === 'paid' && !order.erasedAt && reports.every(isUnbegun);
}
