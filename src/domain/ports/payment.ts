/** The payment provider, as the orders see it. The client can never set a price. */
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

/** The truth about a payment and what of it went back, re-read from the provider. */
export interface PaymentState {
  paymentIntentId: string;
  orderId: string | null;
  /** what came in, minor units */
  amountMinor: number;
  /** what went back or is on its way back, minor units */
  refundedMinor: number;
  refunds: PaidBack[];
  /** where the payment is disputed: the dispute's status */
  dispute: DisputeStatus | null;
}

export interface PaidBack {
  id: string;
  amountMinor: number;
  /** what of it belongs to which of our rows; none: made by hand at the provider */
  shares: RefundShare[];
  failed: boolean;
}

/** One row's part of the money that goes back at once. */
export interface RefundShare {
  refundId: string;
  amountMinor: number;
}

export type DisputeStatus = 'open' | 'won' | 'lost';

export interface PaymentEvent {
  id: string;
  type: string;
  objectId: string;
}

export interface PaymentProvider {
  /** Idempotent per order. @param returnUrl where the customer comes back to */
  openCheckout(order: Order, lines: CheckoutLine[], returnUrl: string): Promise<Checkout>;
  /** @returns null where the provider has no such session */
  readCheckout(sessionId: string): Promise<CheckoutState | null>;
  /** Ends an unpaid checkout. @returns its state now: it may have been paid in between */
  closeCheckout(sessionId: string): Promise<CheckoutState | null>;
  /** @param id of a payment, a charge, a refund or a dispute. @returns null where there is none */
  readPayment(id: string): Promise<PaymentState | null>;
  /**
   * Sends the sum of the shares back, as one refund. Idempotent per shares.
   * @returns the provider's id of the refund
   * @throws AlmanacError `payment_rejected` when the provider will not
   */
  payBack(paymentIntentId: string, shares: readonly RefundShare[]): Promise<string>;
  /** Events of these types since then whose delivery to us has not succeeded. */
  undelivered(since: Date, types: readonly string[]): AsyncIterable<PaymentEvent>;
  /**
   * @throws AlmanacError `webhook_signature` when forged, altered or too old, `webhook_event` when
   *   signed but no event
   */
  readEvent(rawBody: Buffer, signature: string): PaymentEvent;
}

export interface CheckoutLine {
  title: string;
  amountMinor: number;
}
