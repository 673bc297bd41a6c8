/** The order's revision grows with every change that the customer can see. */
import type { Order } from '../domain/order.ts';
import type { Collection } from './collection.ts';
import type { Update } from './documents.ts';

export function raiseRevision(orders: Collection<Order>, orderId: string): Update {
  return orders.updateLater({ id: orderId }, { inc: { revision: 1 } });
}
