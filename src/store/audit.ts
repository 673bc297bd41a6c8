/** Who did what, and when. Entries are only ever added. */
import type { AuditEntry, AuditStore } from '../domain/audit.ts';
import type { Collection } from './collection.ts';

export function createAuditStore({ audit }: { audit: Collection<AuditEntry> }): AuditStore {
  return {
    async append(entry) {
      await audit.insert(entry);
    },
    ofOrder: (orderId) => audit.find({ orderId }, ['at', 'id']),
  };
}
