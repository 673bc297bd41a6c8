/** E-mail rows: written before anything is sent, and taken by one sender at a time. */
import { EMAIL_KINDS, type EmailRow, type EmailStore } from '../domain/email.ts';
import type { Order } from '../domain/order.ts';
import type { Collection } from './collection.ts';
import type { Update } from './documents.ts';
import { raiseRevision } from './revision.ts';

export function createEmailStore({
  emails,
  orders,
}: {
  emails: Collection<EmailRow>;
  orders: Collection<Order>;
}): EmailStore {
  /** Customers see the letters of their order, but not alerts. */
  const seen = ({ kind, orderId }: Pick<EmailRow, 'kind' | 'orderId'>): Update[] =>
    kind === 'alert' ? [] : [raiseRevision(orders, orderId)];

  return {
    insert: (row) => emails.insert(row, seen(row)),
    find: (key) => emails.findOne({ key }),
    findByProvider: (providerIds) => emails.findOne({ providerId: { in: providerIds } }),
    anySendingSince: async (since) =>
      (await emails.findOne({ state: 'sending', sendingSince: { gte: since.toISOString() } })) !==
      null,
    ofOrder: (orderId) => emails.find({ orderId }, ['createdAt', 'key']),

    async take(key, now, unknownBefore) {
      for (;;) {
        const row = await emails.findOne({ key });
        if (!row || !mayBeSent(row, unknownBefore.toISOString())) return null;
        // `tries` grows with every take, so only one of the senders that saw this row gets it
        const taken = await emails.update(
          { key, state: row.state, tries: row.tries },
          { set: { state: 'sending', sendingSince: now.toISOString() }, inc: { tries: 1 } },
          seen(row),
        );
        if (taken) return taken;
      }
    },

    change: (row, change, from) =>
      emails.update(
        { key: row.key, ...(from && { state: { in: from } }) },
        { set: change },
        seen(row),
      ),

    async unsent(unknownBefore, limit, kinds = EMAIL_KINDS) {
      const before = unknownBefore.toISOString();
      const kind = { in: kinds };
      const [due, unknown] = await Promise.all([
        emails.find({ state: 'due', kind }, ['createdAt', 'key'], limit),
        emails.find(
          { state: 'sending', kind, sendingSince: { lt: before } },
          ['createdAt', 'key'],
          limit,
        ),
      ]);
      return [...due, ...unknown].sort(byAge).slice(0, limit);
    },

    created: ({ from, before }, states, kinds, limit) =>
      emails.find(
        {
          state: { in: states },
          kind: { in: kinds },
          createdAt: {
            ...(from && { gte: from.toISOString() }),
            ...(before && { lt: before.toISOString() }),
          },
        },
        ['createdAt', 'key'],
        limit,
      ),
  };
}

function mayBeSent(row: EmailRow, unknownBefore: string): boolean {
  if (row.state === 'due') return true;
  return row.state === 'sending' && row.sendingSince !== null && row.sendingSince < unknownBefore;
}

function byAge(a: EmailRow, b: EmailRow): number {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt);
}
