/** Orders. Every write raises the revision that watchers follow. */
import { AlmanacError } from '../domain/errors.ts';
import type { Order, OrderStore } from '../domain/order.ts';
import { CLOSED_UNPAID, ENDED_PAID, orderStatesBefore, REOPENABLE } from '../domain/transitions.ts';
import type { Collection } from './collection.ts';

const BY_AGE = ['createdAt', 'id'] as const;

export function createOrderStore({ orders }: { orders: Collection<Order> }): OrderStore {
  return {
    async insert(order) {
      if (await orders.insert(order)) return;
      throw new AlmanacError('order_exists', `order ${order.id} already exists`);
    },
    find: (id) => orders.findOne({ id }),
    move: (id, to, change) =>
      orders.update(
        { id, state: { in: orderStatesBefore(to) } },
        { set: { ...change, state: to }, inc: { revision: 1 } },
      ),
    change: (id, change) => orders.update({ id }, { set: change, inc: { revision: 1 } }),
    correct: ({ id, subjectVersion: seen = null }, subject) =>
      orders.update(
        { id, state: 'paid', erasedAt: null, subjectFrozenAt: null, subjectVersion: seen },
        { set: { subject, subjectVersion: (seen ?? 0) + 1 }, inc: { revision: 1 } },
      ),
    async freezeSubject(id, now) {
      const set = { subjectFrozenAt: now.toISOString() };
      // it was frozen before: then no write can have changed the subject since
      return (
        (await orders.update({ id, subjectFrozenAt: null }, { set })) ?? orders.findOne({ id })
      );
    },
    endGrace: (id, now) =>
      orders.update(
        { id, graceUntil: { gt: now.toISOString() } },
        { set: { graceUntil: now.toISOString() }, inc: { revision: 1 } },
      ),
    inState: (state, most) => orders.each({ state }, BY_AGE, { most }),
    reopened: () => orders.each({ state: { in: REOPENABLE }, settledAt: null }, BY_AGE),
    unpaidBefore: (before) =>
      orders.each(
        {
          erasedAt: null,
          paidAt: null,
          createdAt: { lt: before.toISOString() },
          state: { in: ['awaiting_payment', ...CLOSED_UNPAID] },
        },
        BY_AGE,
      ),
    settledBefore: (before) =>
      orders.each(
        {
          erasedAt: null,
          settledAt: { lt: before.toISOString() },
          state: { in: ENDED_PAID },
        },
        ['settledAt', 'id'],
      ),
    inDispute: () => orders.each({ disputedAt: { gt: '' } }, ['disputedAt', 'id']),
    toPurge: (now) => orders.each({ purgeAt: { lte: now.toISOString() } }, ['purgeAt', 'id']),
  };
}
