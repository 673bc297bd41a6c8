/** Stripe's events by id: each is acted on once, however often and late it arrives. */
import type { StripeEventStore } from '../domain/ports/store.ts';
import type { Collections } from './shapes.ts';

export function createStripeEventStore({
  stripe_events: events,
}: Pick<Collections, 'stripe_events'>): StripeEventStore {
  return {
    insert: (event) => events.insert(event),
    async processed(id, at) {
      await events.update({ id }, { set: { processedAt: at.toISOString() } });
    },
    unprocessed: (before, limit) =>
      events.find(
        { processedAt: null, receivedAt: { lt: before.toISOString() } },
        ['receivedAt', 'id'],
        limit,
      ),
  };
}
