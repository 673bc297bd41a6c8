/** Checks all fields of a birth at once, so that one message names everything to fix. */
import type { Birth } from '../domain/birth.ts';
import type { FieldIssue } from '../domain/errors.ts';
import { gregorianOf, isJulianDate } from './calendars.ts';
import { isCivilDate } from './civil-time.ts';
import { isTimeZone } from './zone-offset.ts';

/** Years that the ephemeris and the zone histories cover. */
export const YEARS = { first: 1800, last: 2100 } as const;

/** @returns one issue per unusable field; empty when all are usable */
export function checkBirth(birth: Birth): FieldIssue[] {
  return [
    ...checkDate(birth),
    ...checkTime(birth.time),
    ...checkChoice('fold', birth.fold, ['earlier', 'later']),
    ...checkChoice('calendar', birth.calendar, ['old', 'new']),
    ...checkOffset(birth),
    ...checkPlace(birth),
  ];
}

/** @param utc an instant as ISO 8601 UTC */
export function checkInstant(utc: string): FieldIssue[] {
  const year = Number(utc.slice(0, 4));
  const valid =
    /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?Z$/.test(utc) &&
    isCivilDate(utc.slice(0, 10)) &&
    year >= YEARS.first &&
    year <= YEARS.last;
  return valid
    ? []
    : issue(
        'utc',
        `"${utc}" is not an instant of the years ${YEARS.first}-${YEARS.last}; give ISO 8601 UTC, such as 1990-06-15T10:00:00Z`,
      );
}

function checkDate({ date, calendar }: Birth): FieldIssue[] {
  const example = `a day from ${YEARS.first}-01-01 to ${YEARS.last}-12-31 as YYYY-MM-DD, such as 1990-06-15`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return issue('birth.date', `"${date}" is not a date; give ${example}`);
  }
  const isOld = calendar === 'old';
  if (isOld ? !isJulianDate(date) : !isCivilDate(date)) {
    const leap = date.endsWith('-02-29') ? `: ${date.slice(0, 4)} is not a leap year` : '';
    const old =
      leap !== '' && isJulianDate(date)
        ? '; if it is of the Julian calendar, give birth.calendar "old"'
        : '';
    return issue('birth.date', `"${date}" is not in the calendar${leap}; give ${example}${old}`);
  }
  const year = Number((isOld ? gregorianOf(date) : date).slice(0, 4));
  if (year < YEARS.first || year > YEARS.last) {
    return issue(
      'birth.date',
      `"${date}" is outside the years ${YEARS.first}-${YEARS.last}; give ${example}`,
    );
  }
  return [];
}

function checkTime(time: string | null): FieldIssue[] {
  if (time === null || /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time)) return [];
  return issue(
    'birth.time',
    `"${time}" is not a time of day; give 00:00 to 23:59 as HH:MM or HH:MM:SS, such as 07:45, or null when unknown`,
  );
}

function checkChoice(name: string, value: string | undefined, allowed: string[]): FieldIssue[] {
  if (value === undefined || allowed.includes(value)) return [];
  const choices = allowed.map((one) => `"${one}"`).join(' or ');
  return issue(`birth.${name}`, `"${value}" is not a choice; give ${choices}`);
}

function checkOffset({ utcOffset }: Birth): FieldIssue[] {
  if (utcOffset === undefined) return [];
  const isOffset = /^[+-](0\d|1[0-5]):[0-5]\d(:[0-5]\d)?$|^[+-]16:00(:00)?$/.test(utcOffset);
  const message = `"${utcOffset}" is not an offset; give -16:00 to +16:00, east positive, such as +08:00 or -03:30`;
  return isOffset ? [] : issue('birth.utcOffset', message);
}

function checkPlace({ place }: Birth): FieldIssue[] {
  return [
    ...checkDegrees('latitude', place.latitude, 90, 'north positive, such as 51.5074'),
    ...checkDegrees('longitude', place.longitude, 180, 'east positive, such as -0.1278'),
    ...(isTimeZone(place.timeZone)
      ? []
      : issue(
          'birth.place.timeZone',
          `"${place.timeZone}" is not a time zone; give an IANA name, such as Europe/London`,
        )),
  ];
}

function checkDegrees(
  name: 'latitude' | 'longitude',
  value: number,
  limit: number,
  meaning: string,
): FieldIssue[] {
  if (Number.isFinite(value) && Math.abs(value) <= limit) return [];
  return issue(
    `birth.place.${name}`,
    `${value} is not a ${name}; give degrees from -${limit} to ${limit}, ${meaning}`,
  );
}

function issue(field: string, message: string): FieldIssue[] {
  return [{ field, message }];
}
