/** The payment provider, as the orders see it. The client can never set a price. */
import type { Dispute } from '../dispute.ts';
import type { Order } from '../order.ts';

export interface Checkout {
  sessionId: string;
  url: string;
}

/** The truth about a checkout, re-read from the provider. */
export interface CheckoutState {
  sessionId: string;
  orderId: string | null;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  amountMinor: number | null;
  currency: string | null;
  paymentIntentId: string | null;
}

/** The truth about a payment and its refunds, re-read from the provider. */
export interface PaymentState {
  paymentIntentId: string;
  orderId: string | null;
  /** what was paid, minor units */
  amountMinor: number;
  /** what was refunded, is on its way back, or was taken by the bank for good; at most `amountMinor` */
  refundedMinor: number;
  refunds: PaidBack[];
  /** all of its disputes, ended ones too */
  disputes: Dispute[];
}

export interface PaidBack {
  id: string;
  amountMinor: number;
  /** its shares, by our rows; none: made by hand at the provider */
  shares: RefundShare[];
  failed: boolean;
}

/** One row's share of a refund. */
export interface RefundShare {
  refundId: string;
  amountMinor: number;
}

export interface PaymentEvent {
  id: string;
  type: string;
  objectId: string;
}

export interface PaymentProvider {
  /**
   * Idempotent per order: of all that are opened for it, one can be paid.
   * @param returnUrl where the customer returns
   */
  openCheckout(order: Order, lines: CheckoutLine[], returnUrl: string): Promise<Checkout>;
  /** @returns null where the provider has no such session */
  readCheckout(sessionId: string): Promise<CheckoutState | null>;
  /** Ends an unpaid checkout. @returns its state now: it may have been paid in between */
  closeCheckout(sessionId: string): Promise<CheckoutState | null>;
  /** @param id of a payment, a charge, a refund, a dispute or a fraud warning. @returns null where there is none */
  readPayment(id: string): Promise<PaymentState | null>;
  /**
   * Refunds the sum of the shares at once. Idempotent per set of shares and try: a provider repeats its first
   * answer to a try, refusals too. Look up first whether an earlier try went through.
   * @param tries grows with every try of these shares
   * @returns the provider's id of the refund
   * @throws AlmanacError `payment_rejected` when the provider refuses, `payment_disputed` while a chargeback
   *   is open; TransientFault `stripe_balance` when our balance there does not cover it
   */
  payBack(paymentIntentId: string, shares: readonly RefundShare[], tries: number): Promise<string>;
  /** Events of these types since then that did not reach us. */
  undelivered(since: Date, types: readonly string[]): AsyncIterable<PaymentEvent>;
  /**
   * @throws AlmanacError `webhook_signature` when forged, altered or too old, `webhook_event` when
   *   signed but not an event
   */
  readEvent(rawBody: Buffer, signature: string): PaymentEvent;
}

export interface CheckoutLine {
  title: string;
  amountMinor: number;
}
