/** Which year a report covers: from which civil day, counted in which zone. */
import type { ResolvedBirth, Subject } from '../../domain/birth.ts';
import { InvalidInput } from '../../domain/errors.ts';
import { collectFaults } from './collect-faults.ts';

/** Last start date whose whole report year the ephemeris covers. */
const LAST_START = '2098-12-31';

/** @throws InvalidInput naming `timeZone` or `startDate` */
export function reportYearOf(
  wish: { timeZone?: string; startDate?: string },
  birth: ResolvedBirth,
  now: Date,
): Subject['reportYear'] {
  const timeZone = wish.timeZone ?? birth.place.timeZone;
  const faults = collectFaults([
    () => civilDate(now, timeZone),
    () => refuseStart(wish.startDate, birth),
  ]);
  if (faults.length > 0) throw new InvalidInput(faults);
  return { startDate: wish.startDate ?? civilDate(now, timeZone), timeZone };
}

/** @param startDate undefined: today, which is never refused */
function refuseStart(startDate: string | undefined, birth: ResolvedBirth): void {
  if (startDate === undefined) return;
  if (!isCivilDate(startDate)) {
    throw refuse('is not a date in the calendar; write YYYY-MM-DD, for example 2027-01-01');
  }
  const born = birth.newStyleDate ?? birth.date;
  if (startDate < born) throw refuse(`is before the birth; use ${born} or later`);
  if (startDate > LAST_START) throw refuse(`is too far ahead; use ${LAST_START} or earlier`);
}

function civilDate(at: Date, timeZone: string): string {
  try {
    // Swedish writes dates as ISO 8601 does
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
  } catch {
    const message = 'unknown time zone; use an IANA name such as Europe/Berlin';
    throw new InvalidInput([{ field: 'timeZone', message }]);
  }
}

function isCivilDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

function refuse(message: string): InvalidInput {
  return new InvalidInput([{ field: 'startDate', message }]);
}
