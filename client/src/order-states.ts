/** What the states of an order mean to someone who waits. */
import type { Order } from './generated/types.gen.ts';

/** Whether nothing more happens by itself: it is settled, or will never be paid. */
export function isOver({ status }: Pick<Order, 'status'>): boolean {
  return status !== 'awaiting_payment' && status !== 'paid';
}
