/** Version 1's book. Only the order in which the answers are stored is another. */
import type { Answer } from '../../../domain/call-plan.ts';
import type { ProductDefinition } from '../../../domain/product.ts';
import type { Period } from '../../../domain/sky.ts';
import { AREAS } from '../v1/areas.ts';
import { document as documentV1 } from '../v1/document.ts';

export const document: ProductDefinition['document'] = (facts, subject, source) => {
  const periods = facts.periods.map(({ period }) => period);
  return documentV1(facts, subject, { ...source, answers: byPeriod(source.answers, periods) });
};

/**
 * Keeps the 1,320 answers about halves, months and weeks at hand, about 1 MB. The days' are streamed: the lanes hold
 * them in order.
 * @param answers in the plan's order: what spans days first
 * @param periods in reading order
 */
async function* byPeriod(
  answers: AsyncIterable<Answer>,
  periods: readonly Period[],
): AsyncGenerator<Answer> {
  const days = answers[Symbol.asyncIterator]();
  try {
    const kept = new Map<string, Answer[]>();
    let next = await days.next();
    for (; !next.done && !next.value.id.startsWith('d'); next = await days.next()) {
      const [period = ''] = next.value.id.split('-');
      kept.set(period, [...(kept.get(period) ?? []), next.value]);
    }
    for (const { id, kind } of periods) {
      yield* kept.get(id) ?? [];
      kept.delete(id);
      for (let area = 0; kind === 'day' && area < AREAS.length && !next.done; area += 1) {
        yield next.value;
        next = await days.next();
      }
    }
    // one too many: the book refuses it
    for (const rest of kept.values()) yield* rest;
    for (; !next.done; next = await days.next()) yield next.value;
  } finally {
    await days.return?.();
  }
}
