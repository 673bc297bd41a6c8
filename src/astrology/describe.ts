/** Facts in words: compact, stable lines that prompts cite and documents print. */
import type {
  Angle,
  Aspect,
  Body,
  BodyPosition,
  Chart,
  Pattern,
  PeriodFacts,
  SkyEvent,
  Transit,
} from '../domain/sky.ts';
import { signIndex, signOf } from './angle.ts';
import { offsetAt } from './zone-offset.ts';

const POINT_NAMES: Partial<Record<Body | Angle, string>> = {
  TrueNode: 'North Node',
  MeanNode: 'Mean North Node',
  Lilith: 'Black Moon Lilith',
  Asc: 'Ascendant',
  MC: 'Midheaven',
  Dsc: 'Descendant',
  IC: 'Imum Coeli',
};
const PATTERN_NAMES: Record<Pattern['kind'], string> = {
  grand_trine: 'Grand trine',
  t_square: 'T-square',
  stellium: 'Stellium',
  yod: 'Yod',
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "North Node", "Ascendant"; planets keep their names. */
export function pointName(point: Body | Angle): string {
  return POINT_NAMES[point] ?? point;
}

/** "Moon in Libra 12°04', 5th house, retrograde, domicile" */
export function describePosition(body: Body, position: BodyPosition): string {
  return [
    `${pointName(body)} in ${position.sign} ${degreeText(position.degree)}`,
    ...(position.house === null ? [] : [houseText(position.house)]),
    // the nodes normally move backwards, so that is not worth a remark
    ...(position.retrograde && body !== 'TrueNode' && body !== 'MeanNode' ? ['retrograde'] : []),
    ...(position.dignity ? [position.dignity] : []),
  ].join(', ');
}

/** "Ascendant in Virgo 4°11'" */
export function describeAngle(angle: Angle, longitude: number): string {
  return `${pointName(angle)} in ${signDegreeText(longitude)}`;
}

/** "Virgo 4°11'" */
export function signDegreeText(longitude: number): string {
  return `${signOf(longitude)} ${degreeText(longitude - 30 * signIndex(longitude))}`;
}

/** "Sun trine Saturn, orb 0°51', applying" */
export function describeAspect({ a, b, kind, orb, applying }: Aspect): string {
  const motion = applying ? 'applying' : 'separating';
  return `${pointName(a)} ${kind} ${pointName(b)}, orb ${degreeText(orb)}, ${motion}`;
}

/** "T-square of Mars, Jupiter and Uranus" */
export function describePattern({ kind, members, sign }: Pattern): string {
  const names = members.map(pointName);
  const last = names.pop();
  const where = sign ? ` in ${sign}` : '';
  return `${PATTERN_NAMES[kind]}${where} of ${names.join(', ')} and ${last}`;
}

/** "Mars trine natal Venus, exact 14 Jun 2026, in orb 11 Jun 2026 to 17 Jun 2026, through the 5th house" */
export function describeTransit(transit: Transit, timeZone: string): string {
  // the Moon is in orb for hours, so its line gives the time, not a range of days
  const moon = transit.transiting === 'Moon';
  const moments = transit.exact.map((at) =>
    moon ? `${dateText(at, timeZone)} ${clockText(at, timeZone)}` : dateText(at, timeZone),
  );
  const span = `in orb ${dateText(transit.begins, timeZone)} to ${dateText(transit.ends, timeZone)}`;
  return [
    `${transit.transiting} ${transit.aspect} natal ${pointName(transit.natal)}`,
    moments.length > 0 ? `exact ${moments.join(' and ')}` : 'never quite exact',
    ...(moon ? [] : [span]),
    ...(transit.house === null ? [] : [`through the ${houseText(transit.house)}`]),
  ].join(', ');
}

/** "Full Moon in Libra, 2 Apr 2026 03:11, 2nd house" */
export function describeEvent({ text, at, house }: SkyEvent, timeZone: string): string {
  const when = `${dateText(at, timeZone)} ${clockText(at, timeZone)}`;
  return [text, when, ...(house === null ? [] : [houseText(house)])].join(', ');
}

/** "Moon in Libra 12°04', Waxing Gibbous, 5th house" */
export function describeMoon(moon: PeriodFacts['moon']): string {
  const house = moon.house === null ? [] : [houseText(moon.house)];
  return [`Moon in ${moon.sign} ${degreeText(moon.degree)}`, moon.phase, ...house].join(', ');
}

/** "Moon between Pisces 8°10' and Pisces 21°30', by the hour": for an unknown birth time */
export function describeMoonRange({
  from,
  to,
  signChange,
}: NonNullable<Chart['moonRange']>): string {
  const range = `Moon between ${signDegreeText(from)} and ${signDegreeText(to)}, by the hour`;
  return signChange ? `${range}; it changes sign that day` : range;
}

/** Degrees and minutes, cut off as charts do, so that 29°59' never reads as the next sign. */
export function degreeText(degrees: number): string {
  // a billionth more, so that 12.1 gives 12°06' and not 12°05'
  const minutes = Math.floor(degrees * 60 + 1e-9);
  return `${Math.floor(minutes / 60)}°${String(minutes % 60).padStart(2, '0')}'`;
}

/** "5th house" */
export function houseText(house: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][house > 3 ? 0 : house] ?? 'th';
  return `${house}${ending} house`;
}

/** "14 Jun 2026", in the zone's calendar. @param instant ISO 8601 */
export function dateText(instant: string, timeZone: string): string {
  const local = localOf(instant, timeZone);
  return `${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
}

/** "03:11", on the zone's clocks. @param instant ISO 8601 */
export function clockText(instant: string, timeZone: string): string {
  return localOf(instant, timeZone).toISOString().slice(11, 16);
}

/** The zone's date and time, written as if it were UTC. */
function localOf(instant: string, timeZone: string): Date {
  const ms = Date.parse(instant);
  return new Date(ms + offsetAt(timeZone, ms) * 1000);
}
