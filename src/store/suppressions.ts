/** Addresses that must not be mailed again, by fingerprint. */
import type { SuppressionStore } from '../domain/ports/store.ts';
import type { Collections } from './shapes.ts';

export function createSuppressionStore({
  suppressions,
}: Pick<Collections, 'suppressions'>): SuppressionStore {
  return {
    async add(fingerprint, reason, at) {
      await suppressions.insert({ fingerprint, reason, at: at.toISOString() });
    },
    has: async (fingerprint) => (await suppressions.findOne({ fingerprint })) !== null,
  };
}
