/** Links: one per report. Tokens are derived from id and generation, and never stored. */
import type { Link, LinkStore } from '../domain/link.ts';
import type { Order } from '../domain/order.ts';
import type { Collection } from './collection.ts';
import { raiseRevision } from './revision.ts';

export function createLinkStore({
  links,
  orders,
}: {
  links: Collection<Link>;
  orders: Collection<Order>;
}): LinkStore {
  return {
    async ensure(link) {
      await links.insert(link, [raiseRevision(orders, link.orderId)]);
      return (await links.findOne({ id: link.id })) ?? link;
    },
    find: (id) => links.findOne({ id }),
    ofOrder: (orderId) => links.find({ orderId }, ['createdAt', 'id']),
    async countDownload(id, now) {
      const at = now.toISOString();
      await links.update({ id }, { inc: { downloads: 1 }, set: { lastDownloadAt: at } });
      await links.update({ id, firstDownloadAt: null }, { set: { firstDownloadAt: at } });
    },
    renew: ({ id, orderId }, expiresAt) =>
      links.update({ id }, { set: { expiresAt }, inc: { generation: 1 } }, [
        raiseRevision(orders, orderId),
      ]),
  };
}
