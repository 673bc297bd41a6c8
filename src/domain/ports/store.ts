/**
 * The store: the truth. Two adapters, one contract suite. Acknowledged means durable. Each port is in its noun's file.
 * Every write that the customer can see also raises the order's revision.
 */
import type { AlarmStore } from '../alarm.ts';
import type { AuditStore } from '../audit.ts';
import type { EmailStore } from '../email.ts';
import type { ErasureStore } from '../erasure.ts';
import type { FactsStore } from '../facts.ts';
import type { IdempotencyKeyStore } from '../idempotency-key.ts';
import type { LeaseStore } from '../lease.ts';
import type { LinkStore } from '../link.ts';
import type { ModelCallStore } from '../model-call.ts';
import type { ModelStore } from '../model-day.ts';
import type { OrderStore } from '../order.ts';
import type { RefundStore } from '../refund.ts';
import type { ReportStore } from '../report.ts';
import type { SectionStore } from '../section.ts';
import type { SpendStore } from '../spend.ts';
import type { StripeEventStore } from '../stripe-event.ts';
import type { SuppressionStore } from '../suppression.ts';

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
  alarms: AlarmStore;
  /** what the provider says of models; shared by every order */
  models: ModelStore;
  erasure: ErasureStore;
  /** Creates what is missing: tables, collections, indexes. Safe for many processes at once. */
  migrate(): Promise<void>;
  /**
   * Finishes writes over several documents that a crash cut off before this time, where the database has
   * no transactions. @returns how many
   */
  finish(before: Date): Promise<number>;
  /** Throws when the store cannot answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
