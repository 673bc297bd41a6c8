/** The progressed Moon of a report year: the signs and houses of the birth chart that it moves through. */
import { signIndex, signOf, signsBetween } from '../../astrology/angle.ts';
import { degreeText, houseText, rangeText } from '../../astrology/describe.ts';
import { longitudeOf } from '../../astrology/ephemeris.ts';
import { houseOf } from '../../astrology/houses.ts';
import { julianDay } from '../../astrology/julian-day.ts';
import { birthDay } from '../../astrology/resolve-birth.ts';
import type { Subject } from '../../domain/birth.ts';
import type { Chart, ProgressedMoon, ReportFacts } from '../../domain/sky.ts';

/** Days of the tropical year of 2000 (Meeus, Astronomical Algorithms, 2nd ed., ch. 27). */
const YEAR_DAYS = 365.242_19;

/**
 * Secondary progression: the Moon as many days after birth as years have passed since (Brady,
 * Predictive Astrology, 1999, ch. 4). It takes about two and a half years per sign.
 */
export function progressedMoon(
  { birth, reportYear, zodiac }: Subject,
  { houses }: Pick<Chart, 'houses'>,
): NonNullable<ReportFacts['progressedMoon']> {
  const start = julianDay(`${reportYear.startDate}T12:00:00Z`);
  const longitudeFor = (born: number, day: number) =>
    longitudeOf('Moon', born + (day - born) / YEAR_DAYS, zodiac);
  const bounds = birth.time === null ? birthDay(birth) : null;
  const moonAt = (day: number): ProgressedMoon => {
    const longitude = longitudeFor(julianDay(birth.utc), day);
    return {
      sign: signOf(longitude),
      degree: longitude - 30 * signIndex(longitude),
      house: houses === null ? null : houseOf(longitude, houses),
      ...(bounds === null ? {} : { day: rangeAt(day, bounds) }),
    };
  };
  const rangeAt = (day: number, { from, to }: { from: string; to: string }) => {
    const first = longitudeFor(julianDay(from), day);
    const last = longitudeFor(julianDay(to), day);
    return { from: first, to: last, signs: signsBetween(first, last) };
  };
  return { from: moonAt(start), to: moonAt(start + 365) };
}

/** @returns `Progressed Moon from Leo 3°10', 12th house, to Leo 16°02', 12th house, in the course of the year` */
export function progressedMoonLines({ progressedMoon: moon }: ReportFacts): string[] {
  if (moon === undefined) return [];
  const { from, to } = moon;
  if (from.day && to.day) {
    return [
      `Progressed Moon in ${rangeText(from.day)} when the year begins`,
      `Progressed Moon in ${rangeText(to.day)} when the year ends`,
    ];
  }
  const place = ({ sign, degree, house }: ProgressedMoon) =>
    `${sign} ${degreeText(degree)}${house === null ? '' : `, ${houseText(house)}`}`;
  return [`Progressed Moon from ${place(from)}, to ${place(to)}, in the course of the year`];
}
