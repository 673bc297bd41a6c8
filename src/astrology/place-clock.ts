/** What a place's clocks showed: its own mean time first, then its zone's, with what borders changed. */
import type { Birth } from '../domain/birth.ts';
import type { Clock } from './civil-time.ts';
import { clockOfThatTime, MEAN_TIME, STANDARD_TIME } from './clock-doubts.ts';
import { standardTimeBegan, usualZone } from './zone-beginnings.ts';
import { offsetAt } from './zone-offset.ts';

const DAY = 86_400;

/** What a birth's clock is called in `ResolvedBirth.clock`, beside the names of zones. */
export const LOCAL_MEAN_TIME = 'local_mean_time';
export const GIVEN_OFFSET = 'given_offset';
export const NO_SUMMER_TIME = 'no_summer_time';

type Asked = Pick<Birth, 'place' | 'utcOffset'>;

/** The clock of a birth: the offset that was given, else that of its place. */
export function clockOf(birth: Asked): Clock {
  const given = givenOffset(birth);
  if (given !== null) return () => given;
  const { place } = birth;
  return (epochMs) => {
    const clock = clockOfThatTime(place, epochMs);
    const own = usualZone(place.timeZone);
    if (clock === STANDARD_TIME) return standardOffset(own, epochMs);
    if (clock === MEAN_TIME) return localMeanOffset(place.longitude);
    return offsetOf(clock ?? own, place.longitude, epochMs);
  };
}

/** @returns the name of the clock for `ResolvedBirth.clock`; undefined: the place's own zone */
export function clockNameAt({ place, utcOffset }: Asked, epochMs: number): string | undefined {
  if (utcOffset !== undefined) return GIVEN_OFFSET;
  const own = usualZone(place.timeZone);
  const clock = clockOfThatTime(place, epochMs) ?? own;
  if (clock === STANDARD_TIME) return NO_SUMMER_TIME;
  if (clock === MEAN_TIME || isLocalMean(clock, place.longitude, epochMs)) return LOCAL_MEAN_TIME;
  return clock === own ? undefined : clock;
}

/** @returns seconds of `+08:00`, `-03:30` or `+00:19:32`; null if none was given */
function givenOffset({ utcOffset }: Asked): number | null {
  if (utcOffset === undefined) return null;
  const [hours = 0, minutes = 0, seconds = 0] = utcOffset.slice(1).split(':').map(Number);
  const size = hours * 3600 + minutes * 60 + seconds;
  return utcOffset.startsWith('-') ? -size : size;
}

/** The offset in January of that year: of zones in the north. */
function standardOffset(timeZone: string, epochMs: number): number {
  return offsetAt(timeZone, Date.UTC(new Date(epochMs).getUTCFullYear(), 0, 15));
}

function offsetOf(timeZone: string, longitude: number, epochMs: number): number {
  const own = localMeanOffset(longitude);
  const began = standardTimeBegan(timeZone, own);
  if (began === null) return offsetAt(timeZone, epochMs);
  if (epochMs >= began) {
    // the zone's own table may still have its capital's mean time for some minutes
    return offsetAt(
      timeZone,
      Math.max(epochMs, standardTimeBegan(timeZone, capital(timeZone, began)) ?? 0),
    );
  }
  // Manila and Alaska counted the days of the other side of the date line for a time
  return own + DAY * Math.round((offsetAt(timeZone, epochMs) - own) / DAY);
}

function isLocalMean(timeZone: string, longitude: number, epochMs: number): boolean {
  const began = standardTimeBegan(timeZone, localMeanOffset(longitude));
  return began !== null && epochMs < began;
}

/** Four minutes a degree, to the second. */
function localMeanOffset(longitude: number): number {
  return Math.round(longitude * 240);
}

/** The mean time that the zone's table has before its first standard time. */
function capital(timeZone: string, began: number): number {
  return offsetAt(timeZone, began - 2 * DAY * 1000);
}
