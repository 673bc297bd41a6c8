/** E-mail rows: written before anything is sent, and taken by one sender at a time. */
import type { EmailRow } from '../domain/delivery.ts';
import type { EmailStore } from '../domain/ports/store.ts';
import type { Collections } from './shapes.ts';

export function createEmailStore({ emails }: Pick<Collections, 'emails'>): EmailStore {
  return {
    insert: (row) => emails.insert(row),
    find: (key) => emails.findOne({ key }),
    ofOrder: (orderId) => emails.find({ orderId }, ['createdAt', 'key']),

    async take(key, now, unknownBefore) {
      for (;;) {
        const seen = await emails.findOne({ key });
        if (!seen || !mayBeSent(seen, unknownBefore.toISOString())) return null;
        // `tries` grows with every take, so that only one of those who saw this row gets it
        const taken = await emails.update(
          { key, state: seen.state, tries: seen.tries },
          { set: { state: 'sending', sendingSince: now.toISOString() }, inc: { tries: 1 } },
        );
        if (taken) return taken;
      }
    },

    change: (key, change, from) =>
      emails.update({ key, ...(from && { state: { in: from } }) }, { set: change }),

    async unsent(unknownBefore, limit) {
      const before = unknownBefore.toISOString();
      const [due, unknown] = await Promise.all([
        emails.find({ state: 'due' }, ['createdAt', 'key'], limit),
        emails.find(
          { state: 'sending', sendingSince: { lt: before } },
          ['createdAt', 'key'],
          limit,
        ),
      ]);
      return [...due, ...unknown].sort(byAge).slice(0, limit);
    },
  };
}

function mayBeSent(row: EmailRow, unknownBefore: string): boolean {
  if (row.state === 'due') return true;
  return row.state === 'sending' && row.sendingSince !== null && row.sendingSince < unknownBefore;
}

function byAge(a: EmailRow, b: EmailRow): number {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt);
}
