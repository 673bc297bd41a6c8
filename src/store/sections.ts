/** Sections: inserted once, never updated, read through the report's editions. */
import type { ModelCall } from '../domain/model-call.ts';
import type { Order } from '../domain/order.ts';
import type { Edition, Report } from '../domain/report.ts';
import type { Section, SectionStore } from '../domain/section.ts';
import type { Collection } from './collection.ts';
import { isErased } from './erasure.ts';
import { createModelCallStore } from './model-calls.ts';
import { raiseRevision } from './revision.ts';
import { type Books, createBookClosing } from './spend.ts';

/** Sections that a reader holds in memory; one of the horoscope's is about 40 KB. */
const SLICE = 8;

/** Steps from `from` up to, but not including, `before` are read from this edition. */
interface Stretch {
  edition: number;
  from: number;
  before: number;
}

export function createSectionStore(
  collections: Books & {
    sections: Collection<Section>;
    reports: Collection<Report>;
    orders: Collection<Order>;
    model_calls: Collection<ModelCall>;
  },
): SectionStore {
  const { sections, reports, orders, model_calls: calls } = collections;
  const modelCalls = createModelCallStore(collections);
  const bookClosing = createBookClosing(collections);

  const find = (reportId: string, edition: number, step: number): Promise<Section | null> =>
    sections.findOne({ reportId, edition, step });

  return {
    async insert(section, last) {
      const { reportId, edition, step } = section;
      const also = [
        // a saved section is progress: crashes and snoozes are counted from zero again
        reports.updateLater(
          { id: section.reportId },
          { set: { crashes: 0, snoozes: 0, progressAt: section.completedAt } },
        ),
        raiseRevision(orders, section.orderId),
      ];
      if (last) {
        also.push(
          calls.updateLater(
            { id: last.id, outcome: null },
            { set: { ...last.closing, raw: null } },
            last.booking && (await bookClosing(last.closing, last.booking)),
          ),
        );
      }
      if (!last || section.calls > 1) {
        // a raw answer is kept only until now; most steps have at most one, and dropRaw removes the others
        also.push(
          calls.updateLater({ reportId, edition, step, raw: { gt: '' } }, { set: { raw: null } }),
        );
      }
      const inserted = await sections.insert(section, also);
      if (inserted && (await isErased(orders, section.orderId))) {
        await sections.remove({ reportId, edition, step });
      }
      if (inserted) return { inserted, section };
      if (last) await modelCalls.close(last.id, { ...last.closing, raw: null }, last.booking);
      const standing = await find(reportId, edition, step);
      return { inserted, section: standing ?? section };
    },

    find,

    async steps(report) {
      const found = await Promise.all(
        stretchesOf(report.editions).map(({ edition, from, before }) =>
          sections.pick('step', { reportId: report.id, edition, step: { gte: from, lt: before } }, [
            'step',
          ]),
        ),
      );
      return found.flat();
    },

    async *read(report) {
      for (const { edition, from, before } of stretchesOf(report.editions)) {
        const stretch = { reportId: report.id, edition, step: { gte: from, lt: before } };
        yield* sections.each(stretch, ['step'], { slice: SLICE });
      }
    },
  };
}

/** @returns which edition holds which steps, in step order; each edition hides the older ones from its `fromStep` on */
function stretchesOf(editions: readonly Edition[]): Stretch[] {
  let before = Number.MAX_SAFE_INTEGER;
  const stretches: Stretch[] = [];
  for (const { edition, fromStep } of editions.toReversed()) {
    if (fromStep < before) stretches.unshift({ edition, from: fromStep, before });
    before = Math.min(before, fromStep);
  }
  return stretches;
}
