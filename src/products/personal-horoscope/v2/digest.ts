/** What a step quotes: how the longer periods around its own were read, and the pages just before it. */
import type { Answer } from '../../../domain/call-plan.ts';
import type { Period } from '../../../domain/sky.ts';
import { digest } from '../v1/digest.ts';
import { periodTitle } from '../v1/period-title.ts';

/**
 * Of each, how its answer on each area began: at most 1,200 characters, as in version 1.
 * @param needed answers of the steps that it needs; those about days are of the step before in its lane
 * @param longer periods that its own lie in
 */
export function digestOf(needed: readonly Answer[], longer: readonly Period[]): string {
  const about = (prefix: string) => needed.filter(({ id }) => id.startsWith(prefix));
  const quoted = [
    ...longer.map((period) => ({ title: periodTitle(period), said: about(`${period.id}-`) })),
    { title: 'The pages just before', said: about('d') },
  ];
  return quoted
    .filter(({ said }) => said.length > 0)
    .map(({ title, said }) => `${title}\n${digest(said)}`)
    .join('\n');
}
