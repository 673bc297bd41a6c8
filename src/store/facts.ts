/** A report's facts: computed by its first run, kept for all the later ones. */
import type { FactsStore } from '../domain/ports/store.ts';
import { isErased } from './erasure.ts';
import type { Collections } from './shapes.ts';

export function createFactsStore({
  facts: stored,
  orders,
}: Pick<Collections, 'facts' | 'orders'>): FactsStore {
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
  };
}
