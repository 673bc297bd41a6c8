/** Refunds: one row for each report or order, taken by one sender at a time. */
import type { Refund, RefundStore } from '../domain/refund.ts';
import type { Collection } from './collection.ts';

export function createRefundStore({ refunds }: { refunds: Collection<Refund> }): RefundStore {
  const find: RefundStore['find'] = (id) => refunds.findOne({ id });

  return {
    async ensure(refund) {
      if (await refunds.insert(refund)) return refund;
      const { reason, amountMinor, dueAt } = refund;
      const revived = await refunds.update(
        { id: refund.id, state: 'void' },
        { set: { state: 'due', reason, amountMinor, dueAt } },
      );
      return revived ?? (await find(refund.id)) ?? refund;
    },

    find,
    ofOrder: (orderId) => refunds.find({ orderId }, ['createdAt', 'id']),
    move: (id, from, to, change) =>
      refunds.update({ id, state: from }, { set: { ...change, state: to } }),

    async take(id, now, unknownBefore) {
      const seen = await find(id);
      if (!seen || !mayBeSent(seen, now.toISOString(), unknownBefore.toISOString())) return null;
      // `tries` grows with every take, so only one of the senders that saw this row gets it
      return refunds.update(
        { id, state: seen.state, tries: seen.tries },
        { set: { state: 'sending', sendingSince: now.toISOString() }, inc: { tries: 1 } },
      );
    },

    overdue: (before) =>
      refunds.each({ state: { in: ['due', 'sending'] }, dueAt: { lt: before.toISOString() } }, [
        'createdAt',
        'id',
      ]),

    async pending(now, unknownBefore, limit) {
      const sort = ['createdAt', 'id'] as const;
      const [due, unknown] = await Promise.all([
        refunds.find({ state: 'due', dueAt: { lte: now.toISOString() } }, sort, limit),
        refunds.find(
          { state: 'sending', sendingSince: { lt: unknownBefore.toISOString() } },
          sort,
          limit,
        ),
      ]);
      return [...unknown, ...due].slice(0, limit);
    },
  };
}

function mayBeSent(row: Refund, now: string, unknownBefore: string): boolean {
  if (row.state === 'due') return row.dueAt <= now;
  return row.state === 'sending' && row.sendingSince !== null && row.sendingSince < unknownBefore;
}
