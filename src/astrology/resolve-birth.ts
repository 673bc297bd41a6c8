/** From the local date, time and place of a birth to its instant. Never guesses. */
import type { AskedBirth, Birth, ResolvedBirth } from '../domain/birth.ts';
import { InvalidInput } from '../domain/errors.ts';
import { askCalendar, askFold, askZone, newStyleDate, readingOf } from './birth-questions.ts';
import { checkBirth } from './check-birth.ts';
import { dateOfEpochDay, epochDay, type LocalInstant, startOfDay } from './civil-time.ts';
import { offsetDoubt } from './clock-doubts.ts';
import { clockNameAt, clockOf, GIVEN_OFFSET, LOCAL_MEAN_TIME } from './place-clock.ts';
import { localText, utcText } from './time-texts.ts';

const DAY_MS = 86_400_000;

/**
 * Finds the UTC instant: by the offset that was given, else by the place's own mean time before
 * standard time and its zone's history (summer and war time) after. An unknown time becomes local
 * noon, which is never far from the day's middle.
 * @throws InvalidInput naming `birth.*` fields: what is wrong, what is allowed, an example; for a time
 *   that clocks skipped, the nearest times. AmbiguousBirth with the first question that is open: old or
 *   new style, which of two zones, which of two equal local times
 */
export function resolveBirth(asked: AskedBirth): ResolvedBirth {
  const issues = checkBirth(asked);
  if (issues.length > 0) throw new InvalidInput(issues);
  askCalendar(asked);
  askZone(asked);
  const { otherZone: _, ...birth } = asked;
  const at = chosenInstant(readingOf(birth), birth);
  const clock = clockNameAt(birth, at);
  const isMean = clock === LOCAL_MEAN_TIME;
  const doubt = clock === GIVEN_OFFSET ? null : offsetDoubt(birth.place, at, isMean);
  return {
    ...birth,
    utc: utcText(at),
    offsetSeconds: clockOf(birth)(at),
    ...(clock !== undefined && { clock }),
    ...(birth.calendar === 'old' && { newStyleDate: newStyleDate(birth) }),
    ...(doubt !== null && { offsetDoubt: doubt }),
  };
}

/** First instants of the birth's civil day and of the next day: the bounds of an unknown time. */
export function birthDay(birth: ResolvedBirth): { from: string; to: string } {
  const date = newStyleDate(birth);
  // orders from before clocks had names keep the zone's own
  const clock = birth.clock === undefined ? birth.place.timeZone : clockOf(birth);
  const next = dateOfEpochDay(epochDay(date) + 1);
  return { from: utcText(startOfDay(date, clock)), to: utcText(startOfDay(next, clock)) };
}

function chosenInstant(found: LocalInstant, birth: Birth): number {
  if (found.kind === 'once') return found.at;
  if (found.kind === 'never') throw neverWas(found, birth);
  return askFold(birth, found);
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
