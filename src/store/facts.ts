/** A report's facts: computed by its first run, kept for all later ones. */
import type { FactsStore, StoredFacts } from '../domain/facts.ts';
import type { Order } from '../domain/order.ts';
import type { Collection } from './collection.ts';
import { isErased } from './erasure.ts';

export function createFactsStore({
  facts: stored,
  orders,
}: {
  facts: Collection<StoredFacts>;
  orders: Collection<Order>;
}): FactsStore {
  const find: FactsStore['find'] = async (reportId) =>
    (await stored.findOne({ reportId }))?.facts ?? null;
  return {
    async insert(reportId, orderId, facts) {
      if (await stored.insert({ reportId, orderId, facts })) {
        if (await isErased(orders, orderId)) await stored.remove({ reportId });
        return facts;
      }
      return (await find(reportId)) ?? facts;
    },
    find,
    async remove(reportId) {
      await stored.remove({ reportId });
    },
  };
}
