/** Who did what, and when. Only ever added to. */
import type { AuditStore } from '../domain/ports/store.ts';
import type { Collections } from './shapes.ts';

export function createAuditStore({ audit }: Pick<Collections, 'audit'>): AuditStore {
  return {
    async append(entry) {
      await audit.insert(entry);
    },
    ofOrder: (orderId) => audit.find({ orderId }, ['at', 'id']),
  };
}
