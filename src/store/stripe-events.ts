/** Stripe's events by id: each is acted on once, however often or late it arrives. */
import type { StripeEvent, StripeEventStore } from '../domain/stripe-event.ts';
import type { Collection } from './collection.ts';

export function createStripeEventStore({
  stripe_events: events,
}: {
  stripe_events: Collection<StripeEvent>;
}): StripeEventStore {
  return {
    insert: (event) => events.insert(event),
    async processed(id, at) {
      await events.update({ id }, { set: { processedAt: at.toISOString() } });
    },
    unprocessed: (before) =>
      events.each({ processedAt: null, receivedAt: { lt: before.toISOString() } }, [
        'receivedAt',
        'id',
      ]),
  };
}
