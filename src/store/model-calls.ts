/** Model calls: written before the request, closed after it. Once the section is stored, the raw answer is removed. */
import type { ModelCall, ModelCallStore } from '../domain/model-call.ts';
import type { Order } from '../domain/order.ts';
import type { Collection } from './collection.ts';
import { isErased } from './erasure.ts';
import { type Books, createBookClosing } from './spend.ts';

export function createModelCallStore({
  model_calls: calls,
  orders,
  ...books
}: Books & {
  model_calls: Collection<ModelCall>;
  orders: Collection<Order>;
}): ModelCallStore {
  const bookClosing = createBookClosing(books);
  return {
    async open(call) {
      await calls.insert(call);
    },
    async sent(id, at) {
      await calls.update({ id }, { set: { sentAt: at.toISOString() } });
    },
    async close(id, closing, booking) {
      const also = booking ? await bookClosing(closing, booking) : [];
      // only once: a close that is tried again after a lost answer must not book twice
      const closed = await calls.update({ id, outcome: null }, { set: closing }, also);
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
