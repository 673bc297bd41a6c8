/** The birth chart as single lines: all of it, or only what matters to one theme. */
import { signOf } from '../../astrology/angle.ts';
import {
  describeAngle,
  describeAspect,
  describePattern,
  describePosition,
  houseText,
  pointName,
} from '../../astrology/describe.ts';
import { rulerOf } from '../../astrology/dignities.ts';
import type { Angle, Aspect, Body, Chart } from '../../domain/sky.ts';
import { SHOWN_BODIES } from './glyphs.ts';

/** Where an astrologer looks for a theme. */
export interface Look {
  points: readonly (Body | Angle)[];
  houses?: readonly number[];
  also?: readonly ('ruler' | 'balance' | 'patterns' | 'phase')[];
}

/** More than this no reader and no model can weigh in one answer. */
const MOST_ASPECTS = 8;

/** @returns the lines that matter to a theme; without houses and angles when the time is unknown */
export function natalLines(chart: Chart, look: Look): string[] {
  const also = look.also ?? [];
  return [
    ...look.points.flatMap((point) => pointLine(chart, point)),
    ...(look.houses ?? []).flatMap((house) => houseLine(chart, house)),
    ...(also.includes('ruler') ? rulerLine(chart) : []),
    ...(also.includes('phase') ? [phaseLine(chart)] : []),
    ...(also.includes('balance') ? balanceLines(chart) : []),
    ...(also.includes('patterns') ? chart.patterns.map(describePattern) : []),
    ...tightest(
      chart.aspects.filter(({ a, b }) => look.points.includes(a) || look.points.includes(b)),
      MOST_ASPECTS,
    ).map(aspectLine),
  ];
}

/** The whole chart, for the part of the prompt that all calls of a report share. */
export function chartLines(chart: Chart): string[] {
  const angles = chart.angles === null ? [] : (['Asc', 'MC'] as const);
  return [
    ...[...SHOWN_BODIES, ...angles].flatMap((point) => pointLine(chart, point)),
    ...Array.from({ length: 12 }, (_, index) => houseLine(chart, index + 1)).flat(),
    ...rulerLine(chart),
    phaseLine(chart),
    ...balanceLines(chart),
    ...chart.patterns.map(describePattern),
    ...tightest(chart.aspects, 3 * MOST_ASPECTS).map(aspectLine),
  ];
}

function pointLine({ angles, bodies }: Chart, point: Body | Angle): string[] {
  if (!isAngle(point)) return [`Natal ${describePosition(point, bodies[point])}`];
  return angles === null ? [] : [`Natal ${describeAngle(point, angles[point])}`];
}

/** @returns nothing when the time is unknown */
function houseLine(chart: Chart, house: number): string[] {
  const cusp = chart.houses?.[house - 1];
  if (cusp === undefined) return [];
  const sign = signOf(cusp);
  const ruler = rulerOf(sign, chart.zodiac);
  const place = chart.bodies[ruler];
  const where = place.house === null ? '' : `, ${houseText(place.house)}`;
  const tenants = SHOWN_BODIES.filter((body) => chart.bodies[body].house === house).map(pointName);
  const holds = tenants.length === 0 ? 'no planet' : tenants.join(', ');
  return [
    `Natal ${houseText(house)} begins in ${sign}; ruled by ${ruler} in ${place.sign}${where}; holds ${holds}`,
  ];
}

function rulerLine({ ruler, bodies }: Chart): string[] {
  if (ruler === null) return [];
  const { sign, house } = bodies[ruler];
  const where = house === null ? '' : `, ${houseText(house)}`;
  return [`Ruler of the chart: ${ruler} in ${sign}${where}`];
}

function phaseLine({ moonPhase }: Chart): string {
  return `Moon phase at birth: ${moonPhase.names?.join(' or ') ?? moonPhase.name}`;
}

function balanceLines({ balance }: Chart): string[] {
  const { fire, earth, air, water } = balance.elements;
  const { cardinal, fixed, mutable } = balance.qualities;
  const counted = fire + earth + air + water;
  const whom = counted === 10 ? 'ten planets' : `the ${counted} planets whose sign is certain`;
  return [
    `Of ${whom}: fire ${fire}, earth ${earth}, air ${air}, water ${water}`,
    `Of ${whom}: cardinal ${cardinal}, fixed ${fixed}, mutable ${mutable}`,
  ];
}

function aspectLine(aspect: Aspect): string {
  return `Natal ${describeAspect(aspect)}`;
}

/** Closest to exact first, without the mean node (it repeats the true one) and pairs of angles. */
function tightest(aspects: readonly Aspect[], most: number): Aspect[] {
  return aspects
    .filter(({ a, b }) => a !== 'MeanNode' && b !== 'MeanNode' && !(isAngle(a) && isAngle(b)))
    .toSorted((left, right) => greatestOrb(left) - greatestOrb(right))
    .slice(0, most);
}

function greatestOrb({ orb, orbs }: Aspect): number {
  return orbs?.most ?? orb;
}

function isAngle(point: Body | Angle): point is Angle {
  return point === 'Asc' || point === 'MC' || point === 'Dsc' || point === 'IC';
}
