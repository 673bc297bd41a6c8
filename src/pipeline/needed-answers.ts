/** The answers that steps quote, read from the store: so a resumed run asks the same as the first. */
import type { Answer, StepPlan } from '../domain/call-plan.ts';
import { AlmanacError } from '../domain/errors.ts';
import type { Store } from '../domain/ports/store.ts';
import type { StepsRun } from '../domain/ports/work.ts';
import { editionOfStep } from '../domain/report.ts';

/** @returns the step's digest; null where it quotes nothing */
export type DigestFor = (step: StepPlan) => Promise<string | null>;

/**
 * A section never changes, so each is read once for all the steps that need it, and kept until the last has begun: of a
 * horoscope in lanes the 25 steps that span days and one for each lane, about 1 MB.
 * @param missing steps that this run asks
 */
export function createDigests(
  { report, plan }: Pick<StepsRun, 'report' | 'plan'>,
  missing: readonly StepPlan[],
  sections: Pick<Store['sections'], 'find'>,
): DigestFor {
  const { digest } = plan;
  if (!digest) return async () => null;
  const uses = new Map<number, number>();
  for (const need of missing.flatMap(({ needs }) => needs)) {
    uses.set(need, (uses.get(need) ?? 0) + 1);
  }
  const kept = new Map<number, Promise<Answer[]>>();

  async function read(need: number): Promise<Answer[]> {
    const section = await sections.find(report.id, editionOfStep(report, need), need);
    if (section) return section.answers;
    throw new AlmanacError('step_order', `${report.id} has no section of step ${need} to quote`);
  }

  function answersOf(need: number): Promise<Answer[]> {
    const answers = kept.get(need) ?? read(need);
    const left = (uses.get(need) ?? 1) - 1;
    uses.set(need, left);
    if (left > 0) kept.set(need, answers);
    else kept.delete(need);
    return answers;
  }

  return async (step) => {
    if (step.needs.length === 0) return null;
    const needed = await Promise.all(step.needs.toSorted((a, b) => a - b).map(answersOf));
    return digest(needed.flat(), step);
  };
}
