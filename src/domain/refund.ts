/** A refund: money that goes back, written down before the provider is asked. */

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

export function refundIdOf(reportOrOrderId: string): string {
  return `rfd_${reportOrOrderId}`;
}
