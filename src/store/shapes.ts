/** The store's collections: their documents, unique keys and indexes. One table for both drivers. */
import type { EmailRow, Link } from '../domain/delivery.ts';
import type { ModelCall } from '../domain/model-call.ts';
import type { Order } from '../domain/order.ts';
import type { AuditEntry, IdempotencyKey, StripeEvent } from '../domain/ports/store.ts';
import type { Refund } from '../domain/refund.ts';
import type { Report } from '../domain/report.ts';
import type { Section } from '../domain/section.ts';
import type { ReportFacts } from '../domain/sky.ts';
import type { Caps, SpendAccount, UsageDay, UsageReport } from '../domain/spend.ts';
import { type Collection, collectionOf, type ScalarField } from './collection.ts';
import type { Driver, Shape } from './documents.ts';

export interface FactsDocument {
  reportId: string;
  orderId: string;
  facts: ReportFacts;
}

export interface Lease {
  name: string;
  holder: string;
  /** ISO 8601 */
  expiresAt: string;
}

export interface Suppression {
  fingerprint: string;
  reason: string;
  /** ISO 8601 */
  at: string;
}

/** One row: what an operator has set. */
export interface CapsRow extends Partial<Caps> {
  key: string;
}

export interface UsageRow extends UsageDay {
  /** day, product and model */
  key: string;
}

interface Documents {
  orders: Order;
  reports: Report;
  sections: Section;
  model_calls: ModelCall;
  emails: EmailRow;
  links: Link;
  refunds: Refund;
  suppressions: Suppression;
  facts: FactsDocument;
  spend: SpendAccount;
  spend_caps: CapsRow;
  usage: UsageRow;
  report_usage: UsageReport;
  stripe_events: StripeEvent;
  idempotency_keys: IdempotencyKey;
  leases: Lease;
  audit: AuditEntry;
}
type Fields<T> = readonly ScalarField<T>[];

/** The first list is the unique key; each list behind it is an index. */
const TABLE: {
  [Name in keyof Documents]: [Fields<Documents[Name]>, ...Fields<Documents[Name]>[]];
} = {
  orders: [
    ['id'],
    ['state', 'createdAt', 'id'],
    ['purgeAt', 'id'],
    ['settledAt', 'state', 'createdAt'],
  ],
  reports: [['id'], ['orderId'], ['state', 'createdAt', 'id']],
  sections: [
    ['reportId', 'edition', 'step'],
    ['reportId', 'edition', 'step'],
  ],
  model_calls: [['id'], ['reportId', 'edition', 'step']],
  emails: [['key'], ['orderId'], ['state', 'createdAt']],
  links: [['id'], ['orderId']],
  refunds: [['id'], ['orderId'], ['state', 'createdAt', 'id']],
  suppressions: [['fingerprint']],
  facts: [['reportId']],
  spend: [['key']],
  spend_caps: [['key']],
  usage: [['key'], ['day', 'key']],
  report_usage: [['reportId'], ['day', 'reportId']],
  stripe_events: [['id'], ['processedAt', 'receivedAt']],
  idempotency_keys: [['key'], ['orderId']],
  leases: [['name']],
  audit: [['id'], ['orderId', 'at']],
};

export const SHAPES: readonly Shape[] = Object.entries(TABLE).map(([name, [key, ...indexes]]) => ({
  name,
  key,
  indexes,
}));

export type Collections = { [Name in keyof Documents]: Collection<Documents[Name]> };

export function openCollections(driver: Driver): Collections {
  const open = <Name extends keyof Documents>(name: Name): Collection<Documents[Name]> => {
    const [key, ...indexes] = TABLE[name];
    return collectionOf(driver, { name, key, indexes });
  };
  return {
    orders: open('orders'),
    reports: open('reports'),
    sections: open('sections'),
    model_calls: open('model_calls'),
    emails: open('emails'),
    links: open('links'),
    refunds: open('refunds'),
    suppressions: open('suppressions'),
    facts: open('facts'),
    spend: open('spend'),
    spend_caps: open('spend_caps'),
    usage: open('usage'),
    report_usage: open('report_usage'),
    stripe_events: open('stripe_events'),
    idempotency_keys: open('idempotency_keys'),
    leases: open('leases'),
    audit: open('audit'),
  };
}
