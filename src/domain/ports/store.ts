/**
 * The store: the truth. Two adapters, one contract suite. Acknowledged means durable.
 * Writes to reports and sections raise the order's revision by themselves.
 */
import type { EmailRow, EmailState, Link } from '../delivery.ts';
import type { CallClosing, ModelCall } from '../model-call.ts';
import type { Order } from '../order.ts';
import type { Refund, RefundState } from '../refund.ts';
import type { Report } from '../report.ts';
import type { Section } from '../section.ts';
import type { ReportFacts } from '../sky.ts';
import type { OrderState, ReportState } from '../transitions.ts';
import type { Booking, SpendStore } from './spend.ts';

export interface Store {
  orders: OrderStore;
  reports: ReportStore;
  sections: SectionStore;
  modelCalls: ModelCallStore;
  emails: EmailStore;
  links: LinkStore;
  refunds: RefundStore;
  /** addresses that must not be mailed again */
  suppressions: SuppressionStore;
  facts: FactsStore;
  spend: SpendStore;
  stripeEvents: StripeEventStore;
  idempotencyKeys: IdempotencyKeyStore;
  leases: LeaseStore;
  audit: AuditStore;
  erasure: ErasureStore;
  /** Creates what is missing: tables, collections, indexes. Safe to run by many at once. */
  migrate(): Promise<void>;
  /**
   * Ends writes over several documents that a crash cut off before this time, where the database has no
   * transactions. @returns how many
   */
  finish(before: Date): Promise<number>;
  /** Throws when the store cannot answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface OrderStore {
  /** @throws when the id is taken */
  insert(order: Order): Promise<void>;
  find(id: string): Promise<Order | null>;
  /**
   * Moves to `to` if the transition table allows it from the order's present state.
   * @returns the order after the move, or null when it was not allowed any more
   */
  move(id: string, to: OrderState, change?: OrderChange): Promise<Order | null>;
  /** Sets fields, whatever the state. */
  change(id: string, change: OrderChange): Promise<Order | null>;
  /** Oldest first. @param after continue behind this id */
  inState(state: OrderState, limit: number, after?: string): Promise<Order[]>;
  /**
   * Settled orders a report of which was taken up again, and which were not settled since: theirs is
   * no `settledAt`. Oldest first.
   */
  reopened(limit: number): Promise<Order[]>;
  /** Erased orders whose `purgeAt` has come. */
  toPurge(now: Date, limit: number): Promise<Order[]>;
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
  >
>;

export interface ReportStore {
  /** Inserts those that do not exist yet; leaves the others as they are. */
  upsert(reports: Report[]): Promise<void>;
  find(id: string): Promise<Report | null>;
  ofOrder(orderId: string): Promise<Report[]>;
  /**
   * Begins a run: state `generating`, fence + 1, `runStartedAt` now; an open run that died before
   * counts as a crash. Only from a claimable state, and not before `notBefore`.
   * @returns the report as claimed, or null: not to be claimed, or another claim was faster
   */
  claim(id: string, now: Date): Promise<Report | null>;
  /**
   * Moves a report that this run still holds. Keeps `heldAt` and `runStartedAt`; what of a run's
   * time counts, the run alone knows, and says with the move that ends it.
   * @returns the report after the move, or null when state or fence no longer match
   */
  move(
    id: string,
    fence: number,
    to: ReportState,
    now: Date,
    change?: ReportChange,
  ): Promise<Report | null>;
  /** Sets fields of a report that this run still holds; null when the fence no longer matches. */
  change(id: string, fence: number, change: ReportChange): Promise<Report | null>;
  /** Reports in one of the states, oldest first. @param after continue behind this id */
  inStates(states: readonly ReportState[], limit: number, after?: string): Promise<Report[]>;
}
export type ReportChange = Partial<
  Pick<
    Report,
    | 'version'
    | 'model'
    | 'steps'
    | 'answers'
    | 'reason'
    | 'attempts'
    | 'crashes'
    | 'snoozes'
    | 'notBefore'
    | 'deadline'
    | 'runningMs'
    | 'pdf'
    | 'pagesDrawn'
    | 'settledAt'
    | 'editions'
  >
>;

export interface SectionStore {
  /**
   * First writer wins. Of an erased order nothing stays.
   * @param last the call that completed it, to be closed in the same write where the database has
   *   transactions, else right behind it; its raw answer is not kept, because the section holds it
   * @returns what stands now, and whether it is this one
   */
  insert(section: Section, last?: CallEnding): Promise<{ inserted: boolean; section: Section }>;
  find(reportId: string, edition: number, step: number): Promise<Section | null>;
  /** Numbers of the steps whose sections stand, seen through the report's editions. */
  steps(report: Pick<Report, 'id' | 'editions'>): Promise<number[]>;
  /** All sections in step order, seen through the report's editions; streamed. */
  read(report: Pick<Report, 'id' | 'editions'>): AsyncIterable<Section>;
}

/** A call's end, as it is to be recorded. */
export interface CallEnding {
  id: string;
  closing: CallClosing;
  /** left out for a call that was never sent */
  booking?: Booking;
}

export interface ModelCallStore {
  open(call: ModelCall): Promise<void>;
  /** A call that waited for its turn is sent now. */
  sent(id: string, at: Date): Promise<void>;
  /**
   * Does nothing to a call that is closed. Of an erased order the raw answer does not stay.
   * @param booking left out for a call that was never sent
   */
  close(id: string, closing: CallClosing, booking?: Booking): Promise<void>;
  /** All calls of one step, oldest first. */
  ofStep(reportId: string, edition: number, step: number): Promise<ModelCall[]>;
  /** All calls of one report, oldest first. */
  ofReport(reportId: string): Promise<ModelCall[]>;
  /** Forgets the raw answers of a step whose section stands. */
  dropRaw(reportId: string, edition: number, step: number): Promise<void>;
}

export interface EmailStore {
  /** @returns false when a row with that key exists */
  insert(row: EmailRow): Promise<boolean>;
  find(key: string): Promise<EmailRow | null>;
  ofOrder(orderId: string): Promise<EmailRow[]>;
  /**
   * Takes the row for sending: from `due`, or from `sending` when that began before `unknownBefore`.
   * @returns the row with `tries` raised, or null when another sender has it or it is done
   */
  take(key: string, now: Date, unknownBefore: Date): Promise<EmailRow | null>;
  change(
    key: string,
    change: Partial<Pick<EmailRow, 'state' | 'tries' | 'providerId' | 'sentAt'>>,
    /** only if it is in one of these states */
    from?: readonly EmailState[],
  ): Promise<EmailRow | null>;
  /** Rows `due`, and rows `sending` since before `unknownBefore`; oldest first. */
  unsent(unknownBefore: Date, limit: number): Promise<EmailRow[]>;
}

export interface LinkStore {
  /** Inserts the link if there is none with its id. @returns the link that stands */
  ensure(link: Link): Promise<Link>;
  find(id: string): Promise<Link | null>;
  ofOrder(orderId: string): Promise<Link[]>;
  countDownload(id: string): Promise<void>;
  /** Revokes the tokens made before, and makes the link valid until `expiresAt`. */
  renew(id: string, expiresAt: string): Promise<Link | null>;
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

export interface SuppressionStore {
  /** @param fingerprint of the address: the address itself is not stored */
  add(fingerprint: string, reason: string, at: Date): Promise<void>;
  has(fingerprint: string): Promise<boolean>;
}

/** What of an order was removed, counted. */
export interface Removed {
  sections: number;
  modelAnswers: number;
  facts: number;
  links: number;
}

export interface ErasureStore {
  /**
   * Removes sections, raw model answers, facts and links of an order, and the digest of its request.
   * Mark the order as erased first: later inserts of a run still under way are then taken back.
   */
  purge(orderId: string): Promise<Removed>;
}

export interface FactsStore {
  /** First writer wins. @returns the facts that stand */
  insert(reportId: string, orderId: string, facts: ReportFacts): Promise<ReportFacts>;
  find(reportId: string): Promise<ReportFacts | null>;
}

export interface StripeEvent {
  id: string;
  type: string;
  /** the checkout session, refund or dispute that it is about */
  objectId: string;
  receivedAt: string;
  processedAt: string | null;
}
export interface StripeEventStore {
  /** @returns false when that event was stored before */
  insert(event: StripeEvent): Promise<boolean>;
  processed(id: string, at: Date): Promise<void>;
  /** Events received before `before` and not processed yet, oldest first. */
  unprocessed(before: Date, limit: number): Promise<StripeEvent[]>;
}

export interface IdempotencyKey {
  key: string;
  /** SHA-256 of the request body */
  bodyHash: string;
  orderId: string;
  createdAt: string;
}
export interface IdempotencyKeyStore {
  /** First writer wins. @returns the row that stands */
  insert(row: IdempotencyKey): Promise<IdempotencyKey>;
}

export interface LeaseStore {
  /** Takes or renews the lease. @returns false while another holder's has not run out */
  take(name: string, holder: string, now: Date, ms: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

export interface AuditEntry {
  id: string;
  at: string;
  /** `operator`, `customer`, or the process that did it */
  actor: string;
  action: string;
  orderId: string | null;
  reportId: string | null;
  detail: string;
}
export interface AuditStore {
  append(entry: AuditEntry): Promise<void>;
  ofOrder(orderId: string): Promise<AuditEntry[]>;
}
