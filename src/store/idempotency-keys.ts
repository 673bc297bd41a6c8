/** Idempotency keys: the first request with a key decides which order it means. */
import type { IdempotencyKey, IdempotencyKeyStore } from '../domain/idempotency-key.ts';
import type { Collection } from './collection.ts';

export function createIdempotencyKeyStore({
  idempotency_keys: keys,
}: {
  idempotency_keys: Collection<IdempotencyKey>;
}): IdempotencyKeyStore {
  return {
    async insert(row) {
      if (await keys.insert(row)) return row;
      return (await keys.findOne({ key: row.key })) ?? row;
    },
  };
}
