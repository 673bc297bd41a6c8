/** A customer does not want to wait for the end of the grace: "start now". */
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import { beginUnbegun } from '../begin-unbegun.ts';
import type { CommitPaidOrder } from '../commit-paid-order.ts';
import type { Needs } from '../needs.ts';
import { tooLateToChange, unpaidToChange } from './too-late.ts';

/**
 * Ends the grace for all reports of the order; safe to repeat. Promised times count from now on.
 * @returns the order as it is now
 * @throws AlmanacError `not_paid`, or `too_late_to_change` when the order has ended
 */
export type StartOrder = (order: Order) => Promise<Order>;

export function createStartOrder(
  deps: Needs<'store' | 'queue' | 'signals' | 'log' | 'clock'> & {
    commitPaidOrder: CommitPaidOrder;
  },
): StartOrder {
  const { store, signals, clock } = deps;

  return async (order) => {
    if (order.state === 'awaiting_payment') throw unpaidToChange();
    if (order.state !== 'paid' || order.erasedAt) throw tooLateToChange();
    // written first: from here on the sweeper finishes what is cut short
    const current = (await store.orders.endGrace(order.id, clock())) ?? (await read(order));
    const made = await store.reports.ofOrder(order.id);
    if (made.length < order.items.length) await deps.commitPaidOrder(current);
    await beginUnbegun(deps, current, await store.reports.ofOrder(order.id));
    signals.wake(order.id);
    return current;
  };

  async function read({ id }: Order): Promise<Order> {
    const order = await store.orders.find(id);
    if (order === null) throw new AlmanacError('not_found', 'This order does not exist.');
    return order;
  }
}
