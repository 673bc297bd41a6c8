/** Stripe's objects as sent over the wire, and the ledger that holds them. */
import { randomBytes } from 'node:crypto';
import { RequestFault } from '../wire/messages.ts';

export interface LineItem {
  id: string;
  object: 'item';
  description: string;
  quantity: number;
  amount_subtotal: number;
  amount_total: number;
  currency: string;
  price: { unit_amount: number; currency: string };
}

export interface Session {
  id: string;
  object: 'checkout.session';
  livemode: false;
  mode: 'payment';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid' | 'no_payment_required';
  amount_subtotal: number;
  amount_total: number;
  currency: string;
  client_reference_id: string | null;
  customer_email: string | null;
  customer_details: { email: string | null } | null;
  metadata: Record<string, string>;
  payment_intent: string | null;
  payment_method_types: string[];
  success_url: string;
  cancel_url: string | null;
  /** null once it is no longer open */
  url: string | null;
  /** seconds since 1970, as for `created` */
  expires_at: number;
  created: number;
}

export interface PaymentIntent {
  id: string;
  object: 'payment_intent';
  livemode: false;
  amount: number;
  amount_received: number;
  currency: string;
  status: 'succeeded' | 'processing' | 'requires_payment_method';
  latest_charge: string | null;
  metadata: Record<string, string>;
  created: number;
}

export interface Charge {
  id: string;
  object: 'charge';
  livemode: false;
  amount: number;
  amount_refunded: number;
  currency: string;
  paid: boolean;
  refunded: boolean;
  payment_intent: string;
  metadata: Record<string, string>;
  created: number;
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  currency: string;
  status: 'succeeded' | 'pending' | 'failed' | 'canceled';
  reason: string | null;
  payment_intent: string;
  charge: string;
  metadata: Record<string, string>;
  created: number;
}

export interface Dispute {
  id: string;
  object: 'dispute';
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  reason: string;
  status: 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'won' | 'lost';
  metadata: Record<string, string>;
  created: number;
}

/** The card's bank believes that a payment is fraud. */
export interface FraudWarning {
  id: string;
  object: 'radar.early_fraud_warning';
  actionable: boolean;
  charge: string;
  payment_intent: string;
  fraud_type: string;
  created: number;
}

export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  livemode: false;
  type: string;
  created: number;
  /** how many endpoints have not acknowledged it */
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  data: { object: Record<string, unknown> };
}

export interface Ledger {
  sessions: Map<string, Session>;
  /** by session: its lines, and the metadata that its payment will get */
  lines: Map<string, LineItem[]>;
  paymentMetadata: Map<string, Record<string, string>>;
  intents: Map<string, PaymentIntent>;
  charges: Map<string, Charge>;
  refunds: Map<string, Refund>;
  disputes: Map<string, Dispute>;
  warnings: Map<string, FraudWarning>;
  events: Map<string, StripeEvent>;
}

export function createLedger(): Ledger {
  return {
    sessions: new Map(),
    lines: new Map(),
    paymentMetadata: new Map(),
    intents: new Map(),
    charges: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    warnings: new Map(),
    events: new Map(),
  };
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(14).toString('hex')}`;
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

/** Stripe's error shape. @param param the field that is wrong, in bracket form */
export function stripeFault(
  status: number,
  message: string,
  more: { type?: string; code?: string; param?: string } = {},
): RequestFault {
  const type = more.type ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
  return new RequestFault(status, { error: { ...more, type, message } });
}

/** @throws 404 with Stripe's message */
export function findOr404<T>(map: Map<string, T>, id: string, noun: string): T {
  const found = map.get(id);
  if (found !== undefined) return found;
  throw stripeFault(404, `No such ${noun}: '${id}'`, { code: 'resource_missing', param: 'id' });
}
