/** The store's meaning over any driver: states, fences, first writers, revisions. */
import type { Store } from '../domain/ports/store.ts';
import { createAuditStore } from './audit.ts';
import type { Driver } from './documents.ts';
import { createEmailStore } from './emails.ts';
import { createErasureStore } from './erasure.ts';
import { createFactsStore } from './facts.ts';
import { createIdempotencyKeyStore } from './idempotency-keys.ts';
import { createLeaseStore } from './leases.ts';
import { createLinkStore } from './links.ts';
import { createModelCallStore } from './model-calls.ts';
import { createOrderStore } from './orders.ts';
import { createRefundStore } from './refunds.ts';
import { createReportStore } from './reports.ts';
import { createSectionStore } from './sections.ts';
import { openCollections, SHAPES } from './shapes.ts';
import { createSpendStore } from './spend.ts';
import { createStripeEventStore } from './stripe-events.ts';
import { createSuppressionStore } from './suppressions.ts';

export function createStore(driver: Driver): Store {
  const collections = openCollections(driver);
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
    erasure: createErasureStore(collections, driver),
    migrate: () => driver.migrate(SHAPES),
    finish: (before) => driver.finish(SHAPES, before),
    ping: () => driver.ping(),
    close: () => driver.close(),
  };
}
