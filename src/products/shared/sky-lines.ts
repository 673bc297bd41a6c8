/** Transits, events and the Moon as single lines: the same facts always give the same bytes. */
import type { PeriodFacts, SkyEvent, Transit } from '../../domain/sky.ts';
import { civilDate, dateRange, longDate, shortDate } from './dates.ts';
import { degreeInSign, houseName, pointName } from './sky-words.ts';

/**
 * @param timeZone in which civil days are counted
 * @returns `Mars trine natal Venus, 10–18 June 2026, exact 14 Jun; 5th house`
 */
export function transitLine(transit: Transit, timeZone: string): string {
  const day = (instant: string) => civilDate(instant, timeZone);
  const from = day(transit.begins);
  const to = day(transit.ends);
  const when = from === to ? longDate(from) : dateRange(from, to);
  const days = [...new Set(transit.exact.map(day))].map(shortDate);
  const exact = days.length === 0 ? 'never quite exact' : `exact ${days.join(' and ')}`;
  const house = transit.house === null ? '' : `; ${houseName(transit.house)}`;
  return `${transitName(transit)}, ${when}, ${exact}${house}`;
}

/** @returns `Mars trine natal Venus` */
export function transitName({ transiting, aspect, natal }: Transit): string {
  return `${pointName(transiting)} ${aspect} natal ${pointName(natal)}`;
}

/** @returns `14 Jun: Full Moon in Libra; 7th house` */
export function eventLine({ at, text, house }: SkyEvent, timeZone: string): string {
  const where = house === null ? '' : `; ${houseName(house)}`;
  return `${shortDate(civilDate(at, timeZone))}: ${text}${where}`;
}

/** @returns `Moon 12°04′ Libra, waxing gibbous; 5th house` */
export function moonLine({ sign, degree, phase, house }: PeriodFacts['moon']): string {
  const where = house === null ? '' : `; ${houseName(house)}`;
  return `Moon ${degreeInSign(degree)} ${sign}, ${phase}${where}`;
}
