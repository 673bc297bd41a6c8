/** Leases: work that one process at a time may do. */
import type { Lease, LeaseStore } from '../domain/lease.ts';
import type { Collection } from './collection.ts';

const RELEASED = new Date(0).toISOString();

export function createLeaseStore({ leases }: { leases: Collection<Lease> }): LeaseStore {
  return {
    async take(name, holder, now, ms) {
      const expiresAt = new Date(now.getTime() + ms).toISOString();
      for (;;) {
        const seen = await leases.findOne({ name });
        if (!seen) {
          if (await leases.insert({ name, holder, expiresAt })) return true;
          continue;
        }
        if (seen.holder !== holder && seen.expiresAt > now.toISOString()) return false;
        const taken = await leases.update(
          { name, holder: seen.holder, expiresAt: seen.expiresAt },
          { set: { holder, expiresAt } },
        );
        if (taken) return true;
      }
    },
    find: (name) => leases.findOne({ name }),
    async release(name, holder) {
      await leases.update({ name, holder }, { set: { expiresAt: RELEASED } });
    },
  };
}
