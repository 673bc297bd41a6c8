/** Addresses that must not be mailed again, by fingerprint. */
import type { Suppression, SuppressionStore } from '../domain/suppression.ts';
import type { Collection } from './collection.ts';

export function createSuppressionStore({
  suppressions,
}: {
  suppressions: Collection<Suppression>;
}): SuppressionStore {
  return {
    async add(fingerprint, reason, at) {
      await suppressions.insert({ fingerprint, reason, at: at.toISOString() });
    },
    has: async (fingerprint) => (await suppressions.findOne({ fingerprint })) !== null,
  };
}
