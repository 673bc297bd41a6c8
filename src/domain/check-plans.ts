/** Refuses definitions whose plan is no graph that can be carried out. Asked when a worker starts, before it takes a report. */
import type { Subject } from './birth.ts';
import { AlmanacError } from './errors.ts';
import type { ProductDefinition } from './product.ts';
import { refuseBadNeeds } from './step-graph.ts';

/** Nobody: a plan's graph does not depend on who was born. */
const ANYBODY: Subject = {
  birth: {
    name: 'Anybody',
    date: '1990-06-15',
    time: '11:00',
    place: {
      name: 'Greenwich',
      latitude: 51.4769,
      longitude: 0,
      timeZone: 'Europe/London',
    },
    utc: '1990-06-15T10:00:00Z',
    offsetSeconds: 3_600,
  },
  reportYear: { startDate: '2026-11-21', timeZone: 'Europe/London' },
  houseSystem: 'placidus',
  zodiac: 'tropical',
};

/** @throws AlmanacError `plan` with one line for each definition to correct: its folder, the field and the fix */
export function checkPlans(definitions: readonly ProductDefinition[]): void {
  const flaws = definitions.flatMap((definition) => {
    const { id, version, width } = definition;
    try {
      refuseBadNeeds(definition, definition.plan(definition.gatherFacts(ANYBODY), ANYBODY).steps);
      const whole = Number.isSafeInteger(width) && width > 0;
      const file = `src/products/${id}/v${version}/definition.ts`;
      return whole ? [] : [`${file}: width: write a whole number from 1, not ${width}`];
    } catch (error) {
      if (error instanceof AlmanacError && error.code === 'plan') return [error.message];
      throw error;
    }
  });
  if (flaws.length > 0)
    throw new AlmanacError('plan', `Plans to correct:\n  ${flaws.join('\n  ')}`);
}
