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
  /** @throws AlmanacError `webhook_signature` when forged, altered or too old */
  readEvent(rawBody: Buffer, signature: string): PaymentEvent;
}

export interface CheckoutLine {
  title: string;
  amountMinor: number;
}
