/** A refund: money that goes back, written down before the provider is asked. */
import type { Order } from './order.ts';
import type { Report } from './report.ts';

/** `sending`: the provider has been asked, its answer is not known yet. */
export type RefundState = 'due' | 'sending' | 'done' | 'void';

/**
 * `failed`: a report could not be made. `cancelled`: by the customer, before it was begun.
 * `closed`: the money came for an order that was no longer open. `operator`: by hand.
 */
export type RefundReason = 'failed' | 'cancelled' | 'closed' | 'operator';

export interface Refund {
  /** `rfd_` and what it is about, a report's or an order's id: one row each */
  id: string;
  orderId: string;
  /** null: the whole order */
  reportId: string | null;
  reason: RefundReason;
  state: RefundState;
  /** at most this much; less where the payment has less left. Minor units */
  amountMinor: number;
  /** not to be sent before this time */
  dueAt: string;
  /** the provider's id, once done */
  providerId: string | null;
  tries: number;
  createdAt: string;
  sendingSince: string | null;
  doneAt: string | null;
}

export interface OwedRefund {
  order: Pick<Order, 'id' | 'items' | 'amountMinor'>;
  /** whose share goes back; null: the whole order's */
  report: Pick<Report, 'id' | 'productId'> | null;
  reason: RefundReason;
  dueAt: Date;
}

/** Money that has to go back. Once stored, it is sent when its time has come. */
export function newRefund({ order, report, reason, dueAt }: OwedRefund, now: Date): Refund {
  const share = order.items.find((item) => item.productId === report?.productId);
  return {
    id: refundIdOf(report?.id ?? order.id),
    orderId: order.id,
    reportId: report?.id ?? null,
    reason,
    state: 'due',
    amountMinor: report === null ? order.amountMinor : (share?.amountMinor ?? 0),
    dueAt: dueAt.toISOString(),
    providerId: null,
    tries: 0,
    createdAt: now.toISOString(),
    sendingSince: null,
    doneAt: null,
  };
}

export function refundIdOf(reportOrOrderId: string): string {
  return `rfd_${reportOrOrderId}`;
}

export interface RefundStore {
  /** Inserts the row; one that was void becomes due again, as this one is. @returns the row that stands */
  ensure(refund: Refund): Promise<Refund>;
  find(id: string): Promise<Refund | null>;
  ofOrder(orderId: string): Promise<Refund[]>;
  /** @returns the row after the move, or null when it is not in `from` any more */
  move(
    id: string,
    from: RefundState,
    to: RefundState,
    change?: Partial<Pick<Refund, 'amountMinor' | 'providerId' | 'dueAt' | 'doneAt'>>,
  ): Promise<Refund | null>;
  /**
   * Takes the row for sending: from `due` once its time has come, or from `sending` when that began
   * before `unknownBefore`. @returns null when another sender has it or it is done
   */
  take(id: string, now: Date, unknownBefore: Date): Promise<Refund | null>;
  /** Rows that `take` would give, oldest first. */
  pending(now: Date, unknownBefore: Date, limit: number): Promise<Refund[]>;
}
