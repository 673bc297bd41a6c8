/** Links: one a report; tokens are derived from id and generation, never stored. */
import type { LinkStore } from '../domain/ports/store.ts';
import type { Collections } from './shapes.ts';

export function createLinkStore({ links }: Pick<Collections, 'links'>): LinkStore {
  return {
    async ensure(link) {
      await links.insert(link);
      return (await links.findOne({ id: link.id })) ?? link;
    },
    find: (id) => links.findOne({ id }),
    ofOrder: (orderId) => links.find({ orderId }, ['createdAt', 'id']),
    async countDownload(id) {
      await links.update({ id }, { inc: { downloads: 1 } });
    },
    renew: (id, expiresAt) => links.update({ id }, { set: { expiresAt }, inc: { generation: 1 } }),
  };
}
