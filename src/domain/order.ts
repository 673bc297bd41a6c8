/** An order: one purchase by one customer for one birth. */
import type { Subject } from './birth.ts';
import type { OrderState } from './transitions.ts';

export interface OrderItem {
  productId: string;
  /** this product's share of the price, minor units */
  amountMinor: number;
}

export interface Order {
  id: string;
  state: OrderState;
  /** grows with every change that the customer can see, of the order or of its reports */
  revision: number;
  email: string;
  /** as ordered: `bundle`, or products by name */
  products: string[];
  /** expanded: one a report */
  items: OrderItem[];
  currency: string;
  amountMinor: number;
  refundedMinor: number;
  subject: Subject;
  checkoutSessionId: string | null;
  checkoutUrl: string | null;
  paymentIntentId: string | null;
  /** raised to revoke the order's access token */
  accessGeneration: number;
  /** ISO 8601, as all times in the store */
  createdAt: string;
  paidAt: string | null;
  settledAt: string | null;
  /** when the person's data were removed; left out or null: they stand */
  erasedAt?: string | null;
  /** when to look again for what a run still under way brought back; null: no more */
  purgeAt?: string | null;
}
