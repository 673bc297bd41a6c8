/** Answer ids that were asked for again although an earlier recorded call had a valid answer to them. */
import type { ModelCall } from '../../src/domain/model-call.ts';

/** @param calls oldest first */
export function repeatedIds(calls: readonly ModelCall[]): string[] {
  const answered = new Set<string>();
  return calls.flatMap((call) => {
    const repeated = call.asked.filter((id) => answered.has(id));
    for (const id of call.answered) answered.add(id);
    return repeated;
  });
}
