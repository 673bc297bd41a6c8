/** Facts in words: compact, stable lines that prompts cite and documents print. */
import type {
  Angle,
  Aspect,
  Body,
  BodyPosition,
  Chart,
  DayRange,
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

/**
 * "Moon in Libra 12°04', 5th house, retrograde, domicile"; with an unknown time "Moon in Libra 5°50' to
 * 18°11'" or "Sun in Pisces or Aries (Pisces 29°07' to Aries 0°06')"
 */
export function describePosition(body: Body, position: BodyPosition): string {
  const { day, sign, degree, house } = position;
  const { retrograde, dignity } = day ?? position;
  return [
    `${pointName(body)} in ${day ? rangeText(day) : `${sign} ${degreeText(degree)}`}`,
    ...(house === null ? [] : [houseText(house)]),
    // the nodes normally move backwards, so that is not worth a remark
    ...(body === 'TrueNode' || body === 'MeanNode' ? [] : motionText(retrograde)),
    ...(dignity ? [dignity] : []),
  ].join(', ');
}

/** @param retrograde null when the body turned in the course of the day of birth */
export function motionText(retrograde: boolean | null): string[] {
  if (retrograde === null) return ['retrograde for part of that day'];
  return retrograde ? ['retrograde'] : [];
}

/** "Libra 5°50' to 18°11'", "Pisces or Aries (Pisces 29°07' to Aries 0°06')" */
export function rangeText({ from, to, signs }: Pick<DayRange, 'from' | 'to' | 'signs'>): string {
  if (signs.length > 1) {
    return `${signs.join(' or ')} (${signDegreeText(from)} to ${signDegreeText(to)})`;
  }
  const [first, last] = [signDegreeText(from), signDegreeText(to)];
  return first === last ? first : `${first} to ${degreeText(to - 30 * signIndex(to))}`;
}

/** "Ascendant in Virgo 4°11'" */
export function describeAngle(angle: Angle, longitude: number): string {
  return `${pointName(angle)} in ${signDegreeText(longitude)}`;
}

/** "Virgo 4°11'" */
export function signDegreeText(longitude: number): string {
  return `${signOf(longitude)} ${degreeText(longitude - 30 * signIndex(longitude))}`;
}

/** "Sun trine Saturn, orb 0°51', applying"; with an unknown time "orb 0°40' to 1°02'" */
export function describeAspect({ a, b, kind, orb, applying, orbs }: Aspect): string {
  const exactThatDay = orbs?.least === 0 ? ['exact at some hour of that day'] : [];
  const motion = applying === null ? exactThatDay : [applying ? 'applying' : 'separating'];
  const [least, most] = [degreeText(orbs?.least ?? orb), degreeText(orbs?.most ?? orb)];
  const width = least === most ? least : `${least} to ${most}`;
  return [`${pointName(a)} ${kind} ${pointName(b)}`, `orb ${width}`, ...motion].join(', ');
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
  const day = (at: string) => dateText(at, timeZone);
  const when = moon ? (at: string) => `${day(at)} ${clockText(at, timeZone)}` : day;
  const least = transit.exactBetween === undefined ? '' : 'at least from ';
  const span = `in orb ${least}${day(transit.begins)} to ${day(transit.ends)}`;
  return [
    `${transit.transiting} ${transit.aspect} natal ${pointName(transit.natal)}`,
    exactText(transit, when),
    ...(moon ? [] : [span]),
    ...(transit.house === null ? [] : [`through the ${houseText(transit.house)}`]),
  ].join(', ');
}

/** "exact 14 Jun 2026", "exact between 13 Jun 2026 and 15 Jun 2026", "never quite exact" */
function exactText({ exact, exactBetween }: Transit, when: (at: string) => string): string {
  if (exactBetween === null) return 'the hour of birth decides whether and when it is exact';
  const moments = exactBetween?.map((between) => spanText(between.map(when))) ?? exact.map(when);
  return moments.length > 0 ? `exact ${moments.join(' and ')}` : 'never quite exact';
}

function spanText([earliest = '', latest = '']: string[]): string {
  return earliest === latest ? earliest : `between ${earliest} and ${latest}`;
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
