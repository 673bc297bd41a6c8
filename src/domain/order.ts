/** An order: one purchase by one customer for one birth. */
import type { Subject } from './birth.ts';
import type { Dispute } from './dispute.ts';
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
  /** expanded: one per report */
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
  /** when the personal data was removed; left out or null: it is still there */
  erasedAt?: string | null;
  /** when to remove again what a run still under way may have written; null: never */
  purgeAt?: string | null;
  /** its payment's disputes, as last read from the provider */
  disputes?: Dispute[];
  /** since when a chargeback is open; left out or null: none is */
  disputedAt?: string | null;
  /** when its person asked for erasure during a dispute: done once that has ended */
  erasureAskedAt?: string | null;
  /** when the reports were closed to downloads, because all the money went back */
  withdrawnAt?: string | null;
  /** when the grace ends, or was ended by "start now"; left out or null: there is none. See grace.ts */
  graceUntil?: string | null;
  /** raised by each correction of the subject; left out or null: there was none */
  subjectVersion?: number | null;
  /** when a run first claimed one of its reports: the subject does not change any more */
  subjectFrozenAt?: string | null;
  /** what was asked for the report year: a correction derives the rest again. Left out: not known */
  reportYearAsked?: ReportYearAsked;
}

/** Fields that are left out follow from the birth place and the day of the order. */
export interface ReportYearAsked {
  timeZone?: string;
  startDate?: string;
}

export function newOrder(
  order: Pick<
    Order,
    'id' | 'email' | 'products' | 'items' | 'currency' | 'amountMinor' | 'subject'
  > &
    Partial<Order>,
  now: Date,
): Order {
  return {
    state: 'awaiting_payment',
    revision: 1,
    refundedMinor: 0,
    checkoutSessionId: null,
    checkoutUrl: null,
    paymentIntentId: null,
    accessGeneration: 1,
    createdAt: now.toISOString(),
    paidAt: null,
    settledAt: null,
    ...order,
  };
}

export interface OrderStore {
  /** @throws when the id is taken */
  insert(order: Order): Promise<void>;
  find(id: string): Promise<Order | null>;
  /**
   * Moves to `to` if the transition table allows it from the order's current state.
   * @returns the order after the move, or null when it is no longer allowed
   */
  move(id: string, to: OrderState, change?: OrderChange): Promise<Order | null>;
  /** Sets fields, whatever the state. */
  change(id: string, change: OrderChange): Promise<Order | null>;
  /**
   * Corrects the subject of a paid order, unless it is frozen or erased, or was corrected since it was read.
   * @param seen as read before
   * @returns the order after it, or null when it was refused
   */
  correct(seen: Pick<Order, 'id' | 'subjectVersion'>, subject: Subject): Promise<Order | null>;
  /** Freezes the subject, unless it is frozen. @returns the order as it is after this write */
  freezeSubject(id: string, now: Date): Promise<Order | null>;
  /** Ends the grace now. @returns the order after it, or null when it has none that is still to end */
  endGrace(id: string, now: Date): Promise<Order | null>;
  /** Oldest first. @param most no more than this */
  inState(state: OrderState, most?: number): AsyncIterable<Order>;
  /** Settled orders that were reopened and not settled since: `settledAt` is null. Oldest first. */
  reopened(): AsyncIterable<Order>;
  /** Never paid, placed before then, and not erased. Oldest first. */
  unpaidBefore(before: Date): AsyncIterable<Order>;
  /** Paid, ended before then, and not erased. By the time of their end. */
  settledBefore(before: Date): AsyncIterable<Order>;
  /** Erased orders whose `purgeAt` has come. */
  toPurge(now: Date): AsyncIterable<Order>;
  /** Orders with an open chargeback, whatever their state. */
  inDispute(): AsyncIterable<Order>;
}

export type OrderChange = Partial<
  Pick<
    Order,
    | 'checkoutSessionId'
    | 'checkoutUrl'
    | 'paymentIntentId'
    | 'accessGeneration'
    | 'paidAt'
    | 'settledAt'
    | 'refundedMinor'
    | 'email'
    | 'subject'
    | 'erasedAt'
    | 'purgeAt'
    | 'disputes'
    | 'disputedAt'
    | 'erasureAskedAt'
    | 'withdrawnAt'
    | 'graceUntil'
    | 'reportYearAsked'
  >
>;
