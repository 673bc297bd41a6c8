/** Removes what an order's reports hold about a person. Safe to repeat, even during a run. */
import type { ErasureStore } from '../domain/erasure.ts';
import type { StoredFacts } from '../domain/facts.ts';
import type { IdempotencyKey } from '../domain/idempotency-key.ts';
import type { Link } from '../domain/link.ts';
import type { ModelCall } from '../domain/model-call.ts';
import type { Order } from '../domain/order.ts';
import type { Report } from '../domain/report.ts';
import type { Section } from '../domain/section.ts';
import type { Collection } from './collection.ts';
import type { Driver } from './documents.ts';

interface Erased {
  reports: Collection<Report>;
  sections: Collection<Section>;
  model_calls: Collection<ModelCall>;
  facts: Collection<StoredFacts>;
  links: Collection<Link>;
  idempotency_keys: Collection<IdempotencyKey>;
}

export function createErasureStore(
  collections: Erased,
  driver: Pick<Driver, 'scrub'>,
): ErasureStore {
  const { reports, sections, model_calls: calls, facts, links, idempotency_keys } = collections;

  /** The cost of the calls is kept for the books. */
  async function dropAnswers(reportId: string): Promise<number> {
    let dropped = 0;
    while (await calls.update({ reportId, raw: { gt: '' } }, { set: { raw: null } })) dropped += 1;
    return dropped;
  }

  return {
    async purge(orderId) {
      const removed = { sections: 0, modelAnswers: 0, facts: 0, links: 0 };
      for (const { id: reportId } of await reports.find({ orderId }, ['createdAt', 'id'])) {
        removed.sections += await sections.remove({ reportId });
        removed.modelAnswers += await dropAnswers(reportId);
        removed.facts += await facts.remove({ reportId });
      }
      removed.links = await links.remove({ orderId });
      // a request could be guessed from its digest by trying births
      await idempotency_keys.update({ orderId }, { set: { bodyHash: '' } });
      await driver.scrub();
      return removed;
    },
  };
}

/** Whether what was just written must be removed again. Ask after the write, never before it. */
export async function isErased(orders: Collection<Order>, orderId: string): Promise<boolean> {
  const order = await orders.findOne({ id: orderId });
  return typeof order?.erasedAt === 'string';
}
