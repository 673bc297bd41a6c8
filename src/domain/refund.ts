/** A refund: money that goes back, recorded before the provider is asked. */
import type { Order } from './order.ts';
import type { Report } from './report.ts';

/** `sending`: the provider has been asked, its answer is not known yet. */
export const REFUND_STATES = ['due', 'sending', 'done', 'void'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/**
 * `failed`: a report could not be made. `cancelled`: by the customer, before it was begun.
 * `closed`: the money came for an order that was no longer open. `operator`: by hand.
 */
export type RefundReason = 'failed' | 'cancelled' | 'closed' | 'operator';

export interface Refund {
  /** `rfd_` and the id of its report or order: one row for each */
  id: string;
  orderId: string;
  /** null: the whole order */
  reportId: string | null;
  reason: RefundReason;
  state: RefundState;
  /** minor units; less is sent if the payment has less left */
  amountMinor: number;
  /** not to be sent before this time */
  dueAt: string;
  /** the part that the customer's bank had taken back before, by a dispute: not sent again. Minor units */
  setOffMinor?: number;
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

/** Money that has to go back. Once stored, it is sent when it is due. */
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
  /** Inserts the row; a void one becomes due again with these values. @returns the row that is stored */
  ensure(refund: Refund): Promise<Refund>;
  find(id: string): Promise<Refund | null>;
  ofOrder(orderId: string): Promise<Refund[]>;
  /** @returns the row after the move, or null when it is no longer in `from` */
  move(
    id: string,
    from: RefundState,
    to: RefundState,
    change?: Partial<
      Pick<Refund, 'amountMinor' | 'setOffMinor' | 'providerId' | 'dueAt' | 'doneAt'>
    >,
  ): Promise<Refund | null>;
  /**
   * Takes the row for sending: from `due` once its time has come, or from `sending` when that began
   * before `unknownBefore`. @returns null when another sender has it or it is done
   */
  take(id: string, now: Date, unknownBefore: Date): Promise<Refund | null>;
  /** Rows that `take` would return, oldest first. */
  pending(now: Date, unknownBefore: Date, limit: number): Promise<Refund[]>;
  /** Rows that were due before this time and have not gone out, however often they were tried; oldest first. */
  overdue(before: Date): AsyncIterable<Refund>;
}
