/** Model calls: written before the request, closed after; the raw answer goes when the section stands. */
import type { ModelCallStore } from '../domain/ports/store.ts';
import { isErased } from './erasure.ts';
import type { Collections } from './shapes.ts';

export function createModelCallStore({
  model_calls: calls,
  orders,
}: Pick<Collections, 'model_calls' | 'orders'>): ModelCallStore {
  return {
    async open(call) {
      await calls.insert(call);
    },
    async close(id, closing) {
      const closed = await calls.update({ id }, { set: closing });
      if (closed?.raw && (await isErased(orders, closed.orderId))) {
        await calls.update({ id }, { set: { raw: null } });
      }
    },
    ofStep: (reportId, edition, step) =>
      calls.find({ reportId, edition, step }, ['openedAt', 'id']),
    ofReport: (reportId) => calls.find({ reportId }, ['openedAt', 'id']),
    async dropRaw(reportId, edition, step) {
      // one call at a time, until none has a raw answer; a range never matches null
      const withRaw = { reportId, edition, step, raw: { gt: '' } };
      while (await calls.update(withRaw, { set: { raw: null } }));
    },
  };
}
