/** The order's revision grows with every change that the customer can see. */
import type { Update } from './documents.ts';
import type { Collections } from './shapes.ts';

export function raiseRevision(orders: Collections['orders'], orderId: string): Update {
  return orders.updateLater({ id: orderId }, { inc: { revision: 1 } });
}
