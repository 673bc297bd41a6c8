/** The options that answer what a birth leaves open: old or new style, which zone, which of two equal times. */
import type { ParseArgsConfig } from 'node:util';
import type { AskedBirth, KnownPlace } from '../../src/domain/birth.ts';
import { AmbiguousBirth, InvalidInput } from '../../src/domain/errors.ts';

export const ANSWER_OPTIONS = {
  fold: { type: 'string' },
  calendar: { type: 'string' },
  'utc-offset': { type: 'string' },
  tz: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export interface BirthAnswers {
  fold?: string;
  calendar?: string;
  'utc-offset'?: string;
  /** with a place by name: one of its two zones */
  tz?: string;
}

/** @throws InvalidInput naming the option */
export function answersOf(
  values: BirthAnswers,
): Pick<AskedBirth, 'fold' | 'calendar' | 'utcOffset'> {
  return {
    ...(values.fold !== undefined && { fold: oneOf('fold', values.fold, FOLDS) }),
    ...(values.calendar !== undefined && {
      calendar: oneOf('calendar', values.calendar, CALENDARS),
    }),
    ...(values['utc-offset'] !== undefined && { utcOffset: values['utc-offset'] }),
  };
}

const FOLDS = ['earlier', 'later'] as const;
const CALENDARS = ['old', 'new'] as const;

/** @throws InvalidInput if the place does not have the zone */
export function placeOf(
  found: KnownPlace,
  timeZone: string | undefined,
): Pick<AskedBirth, 'place' | 'otherZone'> {
  const { otherZone, ...place } = found;
  if (timeZone === undefined) return otherZone === undefined ? { place } : { place, otherZone };
  const zones = [place.timeZone, ...(otherZone === undefined ? [] : [otherZone.timeZone])];
  return { place: { ...place, timeZone: oneOf('tz', timeZone, zones) } };
}

export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw refuse(option, `"${value}" is not allowed; give one of ${allowed.join(', ')}`);
}

export function refuse(option: string, message: string): InvalidInput {
  return new InvalidInput([{ field: `--${option}`, message }]);
}

const OPTION_OF: Record<string, string> = {
  'birth.date': '--date',
  'birth.time': '--time',
  'birth.fold': '--fold',
  'birth.calendar': '--calendar',
  'birth.utcOffset': '--utc-offset',
  'birth.place.latitude': '--lat',
  'birth.place.longitude': '--lng',
  'birth.place.timeZone': '--tz',
  utc: '--utc',
};

export function asOption<T extends { field: string }>(issue: T): T {
  return { ...issue, field: OPTION_OF[issue.field] ?? issue.field };
}

/** Names the options that were typed, not the fields of a birth. */
export function renamed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvalidInput) throw new InvalidInput(error.issues.map(asOption));
    if (error instanceof AmbiguousBirth) {
      const { field } = asOption({ field: error.field });
      throw new AmbiguousBirth(field, error.question, error.choices);
    }
    throw error;
  }
}
