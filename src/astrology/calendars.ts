/** The Julian calendar, and until when countries used another calendar than the Gregorian. */
import { readFileSync } from 'node:fs';
import { dateOfEpochDay, isCivilDate } from './civil-time.ts';
import { usualZone } from './zone-beginnings.ts';

export interface Reform {
  /** as it follows "of": `Russia`, `the Baltic countries` */
  country: string;
  kind: 'julian' | 'lunar';
  /** last day of the old calendar, as it was written; null for lunar ones */
  lastOld: string | null;
  /** first Gregorian day */
  firstNew: string;
}

/** The Julian day number of 1970-01-01. */
const UNIX_EPOCH = 2_440_588;
const FILE = new URL('./data/calendars.txt', import.meta.url);
// A table of facts, read once per process and never changed.
let reforms: Map<string, Reform> | null = null;

/** @returns null where dates were Gregorian in all years that births may have */
export function reformOf(timeZone: string): Reform | null {
  reforms ??= new Map(readFileSync(FILE, 'utf8').split('\n').flatMap(entriesOf));
  return reforms.get(usualZone(timeZone)) ?? null;
}

/** Whether it is a YYYY-MM-DD date of the Julian calendar, in which every fourth year is a leap year. */
export function isJulianDate(date: string): boolean {
  return isCivilDate(date) || (/^\d{4}-02-29$/.test(date) && Number(date.slice(0, 4)) % 4 === 0);
}

/** The Gregorian date of a Julian one. Formula: Richards, Explanatory Supplement to the Astronomical Almanac, 2013, 15.11. */
export function gregorianOf(julian: string): string {
  const [year = 0, month = 0, day = 0] = julian.split('-').map(Number);
  const early = Math.floor((14 - month) / 12);
  const years = year + 4800 - early;
  const months = month + 12 * early - 3;
  const daysOfMonths = Math.floor((153 * months + 2) / 5);
  const julianDay = day + daysOfMonths + 365 * years + Math.floor(years / 4) - 32_083;
  return dateOfEpochDay(julianDay - UNIX_EPOCH);
}

function entriesOf(line: string): [string, Reform][] {
  const [country = '', kind = '', lastOld, firstNew = '', zones = ''] = line.split('|');
  if (line.startsWith('#') || (kind !== 'julian' && kind !== 'lunar')) return [];
  const reform: Reform = { country, kind, lastOld: lastOld || null, firstNew };
  return zones.split(' ').map((zone) => [zone, reform]);
}
