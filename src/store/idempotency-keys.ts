/** Idempotency keys: the first request under a key decides which order it stands for. */
import type { IdempotencyKeyStore } from '../domain/ports/store.ts';
import type { Collections } from './shapes.ts';

export function createIdempotencyKeyStore({
  idempotency_keys: keys,
}: Pick<Collections, 'idempotency_keys'>): IdempotencyKeyStore {
  return {
    async insert(row) {
      if (await keys.insert(row)) return row;
      return (await keys.findOne({ key: row.key })) ?? row;
    },
  };
}
