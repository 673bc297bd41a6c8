/** Writes down that money has to go back. What is written is sent when its time has come. */
import type { Order } from '../../domain/order.ts';
import type { Store } from '../../domain/ports/store.ts';
import { type Refund, type RefundReason, refundIdOf } from '../../domain/refund.ts';
import type { Report } from '../../domain/report.ts';

export interface OwedRefund {
  order: Pick<Order, 'id' | 'items' | 'amountMinor'>;
  /** whose share goes back; null: the whole order's */
  report: Pick<Report, 'id' | 'productId'> | null;
  reason: RefundReason;
  dueAt: Date;
}

/** Safe to repeat: there is one row, and one that was void becomes due again. */
export function oweRefund(
  store: Pick<Store, 'refunds'>,
  { order, report, reason, dueAt }: OwedRefund,
  now: Date,
): Promise<Refund> {
  return store.refunds.ensure({
    id: refundIdOf(report?.id ?? order.id),
    orderId: order.id,
    reportId: report?.id ?? null,
    reason,
    state: 'due',
    amountMinor: report === null ? order.amountMinor : shareOf(order, report.productId),
    dueAt: dueAt.toISOString(),
    providerId: null,
    tries: 0,
    createdAt: now.toISOString(),
    sendingSince: null,
    doneAt: null,
  });
}

function shareOf(order: OwedRefund['order'], productId: string): number {
  return order.items.find((item) => item.productId === productId)?.amountMinor ?? 0;
}
