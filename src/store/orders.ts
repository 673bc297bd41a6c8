/** Orders. Every write raises the revision that watchers follow. */
import { AlmanacError } from '../domain/errors.ts';
import type { OrderStore } from '../domain/ports/store.ts';
import { type OrderState, orderStatesBefore } from '../domain/transitions.ts';
import type { Collections } from './shapes.ts';

const REOPENABLE: readonly OrderState[] = ['failed', 'partly_fulfilled'];

export function createOrderStore({ orders }: Pick<Collections, 'orders'>): OrderStore {
  return {
    async insert(order) {
      if (await orders.insert(order)) return;
      throw new AlmanacError('order_exists', `order ${order.id} stands already`);
    },
    find: (id) => orders.findOne({ id }),
    move: (id, to, change) =>
      orders.update(
        { id, state: { in: orderStatesBefore(to) } },
        { set: { ...change, state: to }, inc: { revision: 1 } },
      ),
    change: (id, change) => orders.update({ id }, { set: change, inc: { revision: 1 } }),
    async inState(state, limit, after) {
      const last = after === undefined ? undefined : await orders.findOne({ id: after });
      if (last === null) return []; // gone: the next listing sees the rest
      return orders.find({ state }, ['createdAt', 'id'], limit, last);
    },
    reopened: (limit) =>
      orders.find({ state: { in: REOPENABLE }, settledAt: null }, ['createdAt', 'id'], limit),
    toPurge: (now, limit) =>
      orders.find({ purgeAt: { lte: now.toISOString() } }, ['purgeAt', 'id'], limit),
  };
}
