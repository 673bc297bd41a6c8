/** From the local date, time and place of a birth to its instant. Never guesses. */
import type { Birth, ResolvedBirth } from '../domain/birth.ts';
import { InvalidInput } from '../domain/errors.ts';
import { checkBirth } from './check-birth.ts';
import {
  dateOfEpochDay,
  epochDay,
  instantOf,
  type LocalInstant,
  startOfDay,
} from './civil-time.ts';
import { offsetAt } from './zone-offset.ts';

const DAY_MS = 86_400_000;

/**
 * Finds the UTC instant from the zone's own history (summer and war time, local mean time before
 * standard time). An unknown time becomes local noon, which is never far from the day's middle.
 * @throws InvalidInput naming `birth.*` fields: what is wrong, what is allowed, an example. For a
 * time that clocks showed twice it asks for `birth.fold`; for a time they skipped it gives the
 * nearest times.
 */
export function resolveBirth(birth: Birth): ResolvedBirth {
  const issues = checkBirth(birth);
  if (issues.length > 0) throw new InvalidInput(issues);

  const { timeZone } = birth.place;
  const local = Date.parse(`${birth.date}T${birth.time ?? '12:00'}Z`);
  const at = chosenInstant(instantOf(local, timeZone), birth);
  return {
    ...birth,
    utc: utcText(at),
    offsetSeconds: offsetAt(timeZone, at),
  };
}

/** First instants of the birth's civil day and of the next day: the bounds of an unknown time. */
export function birthDay(birth: Birth): { from: string; to: string } {
  const { timeZone } = birth.place;
  const next = dateOfEpochDay(epochDay(birth.date) + 1);
  return {
    from: utcText(startOfDay(birth.date, timeZone)),
    to: utcText(startOfDay(next, timeZone)),
  };
}

function chosenInstant(found: LocalInstant, birth: Birth): number {
  if (found.kind === 'once') return found.at;
  if (found.kind === 'never') throw neverWas(found, birth);
  if (birth.fold) return found[birth.fold];
  // no time was given, so there is nothing to ask about
  if (birth.time === null) return found.earlier;
  throw new InvalidInput([
    {
      field: 'birth.fold',
      message:
        `clocks in ${birth.place.timeZone} showed ${birth.time} twice on ${birth.date}, when they were set back; ` +
        `give "earlier" (${utcText(found.earlier)}) or "later" (${utcText(found.later)})`,
    },
  ]);
}

function neverWas(gap: LocalInstant & { kind: 'never' }, birth: Birth): InvalidInput {
  const zone = birth.place.timeZone;
  const last = localText(gap.from - 60_000);
  const next = localText(gap.to);
  if (gap.to - gap.from >= DAY_MS) {
    return new InvalidInput([
      {
        field: 'birth.date',
        message: `the calendar of ${zone} skipped the day ${birth.date}; the nearest times that exist: ${last} and ${next}`,
      },
    ]);
  }
  return new InvalidInput([
    {
      field: 'birth.time',
      message:
        `${birth.time} does not exist on ${birth.date} in ${zone}: clocks went forward from ` +
        `${localText(gap.from)} to ${next}; the nearest times that exist: ${last} and ${next}`,
    },
  ]);
}

/** 1996-03-31 03:00, with seconds only when they are not zero. */
function localText(local: number): string {
  const text = new Date(local).toISOString().slice(0, 19).replace('T', ' ');
  return text.endsWith(':00') ? text.slice(0, -3) : text;
}

/** ISO 8601 without milliseconds. */
function utcText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
