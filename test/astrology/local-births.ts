/** Local births of tests: the cases of reference/hours.json, and others at places of the table. */
import { z } from 'zod';
import { openPlaces } from '../../src/astrology/places.ts';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { AskedBirth } from '../../src/domain/birth.ts';
import { readJson } from './reference.ts';

const caseSchema = z.strictObject({
  group: z.enum(['listed', 'neighbour', 'own']),
  date: z.string(),
  time: z.string(),
  calendar: z.enum(['old', 'new']).optional(),
  utcOffset: z.string().optional(),
  place: z.string().optional(),
  at: z.tuple([z.string(), z.number(), z.number()]).optional(),
  utc: z.string().optional(),
  ask: z.string().optional(),
  choices: z.record(z.string(), z.string()).optional(),
  refused: z.string().optional(),
  doubt: z.boolean().optional(),
  source: z.string(),
});
export type Case = z.infer<typeof caseSchema>;
export const { cases } = z.object({ cases: z.array(caseSchema) }).parse(readJson('hours.json'));
export const places = openPlaces();
export function birthOf(one: Partial<Case> & { date: string; time: string }): AskedBirth {
  const { date, time, calendar, utcOffset } = one;
  return {
    name: 'Ada',
    date,
    time,
    ...(calendar && { calendar }),
    ...(utcOffset && { utcOffset }),
    ...whereOf(one),
  };
}

function whereOf({ place: query, at }: Partial<Case>): Pick<AskedBirth, 'place' | 'otherZone'> {
  if (at !== undefined) {
    const [timeZone, latitude, longitude] = at;
    return { place: { name: 'there', latitude, longitude, timeZone } };
  }
  const [found] = places.search(query ?? '', 1).places;
  if (!found) throw new Error(`no place is called ${query}`);
  const { otherZone, ...place } = found;
  return otherZone === undefined ? { place } : { place, otherZone };
}

export function answered(
  { otherZone, ...birth }: AskedBirth,
  field: string,
  value: string,
): AskedBirth {
  if (field === 'birth.place.timeZone') {
    return { ...birth, place: { ...birth.place, timeZone: value } };
  }
  return { ...birth, [field.replace('birth.', '')]: value, ...(otherZone && { otherZone }) };
}

export function refusalOf(birth: AskedBirth): unknown {
  try {
    resolveBirth(birth);
  } catch (error) {
    return error;
  }
  throw new Error(`${birth.date} ${birth.time} was accepted`);
}
