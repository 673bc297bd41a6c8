/** Transits, events and the Moon as single lines: the same facts always give the same bytes. */
import type { PeriodFacts, SkyEvent, Transit } from '../../domain/sky.ts';
import { civilDate, dateRange, longDate, shortDate } from './dates.ts';
import { degreeInSign, houseName, pointName } from './sky-words.ts';

/**
 * @param timeZone in which civil days are counted
 * @returns `Mars trine natal Venus, 10–18 June 2026, exact 14 Jun; through the 5th house`
 */
export function transitLine(transit: Transit, timeZone: string): string {
  const day = (instant: string) => civilDate(instant, timeZone);
  const from = day(transit.begins);
  const to = day(transit.ends);
  const exact = [...new Set(transit.exact.map(day))].map(shortDate);
  const when = from === to ? [longDate(from)] : [dateRange(from, to), exactly(exact)];
  return [transitName(transit), ...when].join(', ') + through(transit.house);
}

function exactly(days: readonly string[]): string {
  return days.length === 0 ? 'never quite exact' : `exact ${days.join(' and ')}`;
}

/** @returns `Mars trine natal Venus` */
export function transitName({ transiting, aspect, natal }: Transit): string {
  return `${pointName(transiting)} ${aspect} natal ${pointName(natal)}`;
}

/** @returns `14 Jun: Full Moon in Libra; through the 7th house` */
export function eventLine({ at, text, house }: SkyEvent, timeZone: string): string {
  return `${shortDate(civilDate(at, timeZone))}: ${text}${through(house)}`;
}

/** @returns `Noon of 14 Jun: Moon 12°04′ Libra, Waxing Gibbous; through the 5th house` */
export function moonLine({ moon, period }: PeriodFacts): string {
  const { sign, degree, phase, house } = moon;
  return `Noon of ${shortDate(period.first)}: Moon ${degreeInSign(degree)} ${sign}, ${phase}${through(house)}`;
}

/** @param house of the birth chart in which the moving body stands; null where the time is unknown */
function through(house: number | null): string {
  return house === null ? '' : `; through the ${houseName(house)}`;
}
