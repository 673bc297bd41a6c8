/** The graph that a plan's steps are: each names the lower steps whose sections it needs. */
import type { StepPlan } from './call-plan.ts';
import { AlmanacError } from './errors.ts';

type Node = Pick<StepPlan, 'step' | 'needs'>;

/** @returns what is wrong with the plan's `needs`, each with the field and the fix; empty when all is well */
export function flawsOfNeeds(steps: readonly Node[]): string[] {
  const known = new Set(steps.map(({ step }) => step));
  const flaws =
    known.size < steps.length ? ['two steps have the same number: number them 1, 2, 3'] : [];
  for (const { step, needs } of steps) {
    const field = `step ${step}: needs [${needs.join(', ')}]`;
    for (const need of needs) {
      if (need >= step)
        flaws.push(`${field}: ${need} is not lower than ${step}: name lower steps only`);
      else if (!known.has(need)) flaws.push(`${field}: the plan has no step ${need}: remove it`);
    }
    if (new Set(needs).size < needs.length) flaws.push(`${field}: name each step once`);
  }
  return flaws;
}

/** @throws AlmanacError `plan` that names the definition, the field and the fix */
export function refuseBadNeeds(
  { id, version }: { id: string; version: number },
  steps: readonly Node[],
): void {
  const flaws = flawsOfNeeds(steps);
  if (flaws.length === 0) return;
  const more = flaws.length > MOST_TOLD ? [`and ${flaws.length - MOST_TOLD} more`] : [];
  const told = [...flaws.slice(0, MOST_TOLD), ...more].join('; ');
  throw new AlmanacError(
    'plan',
    `src/products/${id}/v${version}: the plan of ${id} ${version}: ${told}`,
  );
}

const MOST_TOLD = 3;

/** @returns steps in the longest chain of needs: the plan takes at least as many calls one after another */
export function criticalPath(steps: readonly Node[]): number {
  const depths = new Map<number, number>();
  for (const { step, needs } of steps.toSorted((a, b) => a.step - b.step)) {
    depths.set(step, 1 + Math.max(0, ...needs.map((need) => depths.get(need) ?? 0)));
  }
  return Math.max(0, ...depths.values());
}
