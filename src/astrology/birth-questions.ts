/** The questions that a birth may leave open. Each is asked once, and never guessed at. */
import type { AskedBirth, Birth } from '../domain/birth.ts';
import { AmbiguousBirth, type BirthChoice, InvalidInput } from '../domain/errors.ts';
import { gregorianOf, type Reform, reformOf } from './calendars.ts';
import { instantOf, type LocalInstant } from './civil-time.ts';
import { clockOf } from './place-clock.ts';
import { offsetText, utcText } from './time-texts.ts';

/** The Gregorian date of a birth, whichever calendar it was given in. */
export function newStyleDate({ date, calendar }: Birth): string {
  return calendar === 'old' ? gregorianOf(date) : date;
}

/** When the place's clocks showed the birth's time; noon where it is unknown. */
export function readingOf(birth: Birth): LocalInstant {
  const local = Date.parse(`${newStyleDate(birth)}T${birth.time ?? '12:00'}Z`);
  return instantOf(local, clockOf(birth));
}

/**
 * A date from before the country's Gregorian calendar, or of days that no calendar there showed.
 * @throws AmbiguousBirth unless `calendar` says which was meant; InvalidInput for a lunar one, which is not converted
 */
export function askCalendar(birth: Birth): void {
  const reform = reformOf(birth.place.timeZone);
  if (reform === null) return;
  if (birth.calendar === 'old' && reform.kind === 'lunar') {
    const message =
      `the old calendar of ${reform.country} followed the Moon, and is not converted; ` +
      'give the date in the Gregorian calendar, with birth.calendar "new"';
    throw new InvalidInput([{ field: 'birth.calendar', message }]);
  }
  if (birth.date >= reform.firstNew) return;
  if (birth.calendar !== undefined) return;
  const choices = (['old', 'new'] as const)
    .filter((calendar) => calendar === 'new' || reform.kind === 'julian')
    .map((calendar) => calendarChoice({ ...birth, calendar }));
  throw new AmbiguousBirth('birth.calendar', calendarQuestion(birth.date, reform), choices);
}

/**
 * A place where two zones are in use.
 * @throws AmbiguousBirth if the two make a difference to this birth
 */
export function askZone({ otherZone, ...birth }: AskedBirth): void {
  if (otherZone === undefined || birth.utcOffset !== undefined) return;
  const date = newStyleDate(birth);
  if (date < (otherZone.from ?? date) || (otherZone.to !== null && date >= otherZone.to)) return;
  const choices = [birth.place.timeZone, otherZone.timeZone].map((timeZone) =>
    zoneChoice({ ...birth, place: { ...birth.place, timeZone } }),
  );
  if (choices[0]?.utc === choices[1]?.utc) return;
  const question = `two zones are in use in ${birth.place.name}, and they differed on ${birth.date}`;
  throw new AmbiguousBirth('birth.place.timeZone', question, choices);
}

/** @throws AmbiguousBirth for a time that clocks showed twice, unless `fold` says which */
export function askFold(birth: Birth, found: LocalInstant & { kind: 'twice' }): number {
  if (birth.fold) return found[birth.fold];
  // no time was given, so there is nothing to ask about
  if (birth.time === null) return found.earlier;
  const question = `clocks in ${birth.place.timeZone} showed ${birth.time} twice on ${birth.date}, when they were set back`;
  throw new AmbiguousBirth('birth.fold', question, [
    { value: 'earlier', label: 'the first time', utc: utcText(found.earlier) },
    { value: 'later', label: 'the second time', utc: utcText(found.later) },
  ]);
}

function calendarQuestion(date: string, { country, kind, lastOld, firstNew }: Reform): string {
  if (kind === 'lunar') {
    return `dates of ${country} before ${firstNew} were of a calendar that followed the Moon; convert the date and say that it is Gregorian`;
  }
  if (lastOld !== null && date > lastOld) {
    return `no calendar of ${country} showed ${date}: ${lastOld} (old style) was followed by ${firstNew} (new style)`;
  }
  return `dates of ${country} before ${firstNew} were written in the old style (Julian) and have often been converted since`;
}

function calendarChoice(birth: Birth): BirthChoice {
  const label =
    birth.calendar === 'old'
      ? `old style, ${newStyleDate(birth)} in the new style`
      : 'new style, the Gregorian calendar';
  return { value: birth.calendar ?? 'new', label, utc: utcText(firstOf(readingOf(birth))) };
}

function zoneChoice(birth: Birth): BirthChoice {
  const at = firstOf(readingOf(birth));
  const label = `UTC${offsetText(clockOf(birth)(at))}`;
  return { value: birth.place.timeZone, label, utc: utcText(at) };
}

/** For a choice's instant: a later question, or the refusal of a skipped time, comes when it is chosen. */
function firstOf(found: LocalInstant): number {
  if (found.kind === 'once') return found.at;
  return found.kind === 'twice' ? found.earlier : found.change;
}
