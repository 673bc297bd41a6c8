/**
 * What the store means, over any driver: states, fences, first writers, revisions. A new collection is a row in the
 * table below and a line in the returned store. Its port is next to its noun in `domain/`.
 */
import type { Alarm } from '../domain/alarm.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { EmailRow } from '../domain/email.ts';
import type { StoredFacts } from '../domain/facts.ts';
import type { IdempotencyKey } from '../domain/idempotency-key.ts';
import type { Lease } from '../domain/lease.ts';
import type { Link } from '../domain/link.ts';
import type { ModelCall } from '../domain/model-call.ts';
import type { ModelRow } from '../domain/model-day.ts';
import type { Order } from '../domain/order.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Refund } from '../domain/refund.ts';
import type { Report } from '../domain/report.ts';
import type { Section } from '../domain/section.ts';
import type { SpendAccount, UsageReport } from '../domain/spend.ts';
import type { StripeEvent } from '../domain/stripe-event.ts';
import type { Suppression } from '../domain/suppression.ts';
import { createAlarmStore } from './alarms.ts';
import { createAuditStore } from './audit.ts';
import { type Collection, collectionOf, type ScalarField } from './collection.ts';
import type { Driver } from './documents.ts';
import { createEmailStore } from './emails.ts';
import { createErasureStore } from './erasure.ts';
import { createFactsStore } from './facts.ts';
import { createIdempotencyKeyStore } from './idempotency-keys.ts';
import { createLeaseStore } from './leases.ts';
import { createLinkStore } from './links.ts';
import { createModelCallStore } from './model-calls.ts';
import { createModelStore } from './models.ts';
import { createOrderStore } from './orders.ts';
import { createRefundStore } from './refunds.ts';
import { createReportStore } from './reports.ts';
import { createSectionStore } from './sections.ts';
import { type CapsRow, createSpendStore, type UsageRow } from './spend.ts';
import { createStripeEventStore } from './stripe-events.ts';
import { createSuppressionStore } from './suppressions.ts';

/** Each collection's documents, its unique key, and its indexes. */
const TABLE = {
  orders: documents<Order>(
    ['id'],
    ['state', 'createdAt', 'id'],
    ['purgeAt', 'id'],
    ['disputedAt', 'id'],
    ['settledAt', 'state', 'createdAt'],
    ['erasedAt', 'paidAt', 'createdAt', 'id'],
    ['erasedAt', 'settledAt', 'id'],
  ),
  reports: documents<Report>(['id'], ['orderId'], ['state', 'createdAt', 'id']),
  sections: documents<Section>(['reportId', 'edition', 'step'], ['reportId', 'edition', 'step']),
  model_calls: documents<ModelCall>(['id'], ['reportId', 'edition', 'step']),
  emails: documents<EmailRow>(['key'], ['orderId'], ['state', 'createdAt'], ['providerId']),
  links: documents<Link>(['id'], ['orderId']),
  refunds: documents<Refund>(['id'], ['orderId'], ['state', 'createdAt', 'id']),
  suppressions: documents<Suppression>(['fingerprint']),
  facts: documents<StoredFacts>(['reportId']),
  spend: documents<SpendAccount>(['key']),
  spend_caps: documents<CapsRow>(['key']),
  usage: documents<UsageRow>(['key'], ['day', 'key']),
  report_usage: documents<UsageReport>(['reportId'], ['day', 'reportId']),
  stripe_events: documents<StripeEvent>(['id'], ['processedAt', 'receivedAt']),
  idempotency_keys: documents<IdempotencyKey>(['key'], ['orderId']),
  leases: documents<Lease>(['name']),
  audit: documents<AuditEntry>(['id'], ['orderId', 'at']),
  models: documents<ModelRow>(['name']),
  alarms: documents<Alarm>(['cause'], ['endedAt', 'area', 'since', 'cause']),
};

export function createStore(driver: Driver): Store {
  const collections = openCollections(driver);
  const shapes = Object.values(collections).map(({ shape }) => shape);
  return {
    orders: createOrderStore(collections),
    reports: createReportStore(collections),
    sections: createSectionStore(collections),
    modelCalls: createModelCallStore(collections),
    emails: createEmailStore(collections),
    links: createLinkStore(collections),
    refunds: createRefundStore(collections),
    suppressions: createSuppressionStore(collections),
    facts: createFactsStore(collections),
    spend: createSpendStore(collections),
    stripeEvents: createStripeEventStore(collections),
    idempotencyKeys: createIdempotencyKeyStore(collections),
    leases: createLeaseStore(collections),
    audit: createAuditStore(collections),
    alarms: createAlarmStore(collections),
    models: createModelStore(collections),
    erasure: createErasureStore(collections, driver),
    migrate: () => driver.migrate(shapes),
    finish: (before) => driver.finish(shapes, before),
    ping: () => driver.ping(),
    close: () => driver.close(),
  };
}

type Fields<T> = readonly ScalarField<T>[];
type Table = typeof TABLE;

function documents<T extends object>(key: Fields<T>, ...indexes: Fields<T>[]) {
  return (driver: Driver, name: string): Collection<T> =>
    collectionOf<T>(driver, { name, key, indexes });
}

function openCollections(driver: Driver): { [Name in keyof Table]: ReturnType<Table[Name]> } {
  const opened = Object.entries(TABLE).map(([name, open]) => [name, open(driver, name)]);
  return Object.fromEntries(opened); // each name with the collection that its row opens
}
