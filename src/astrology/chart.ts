/** A chart: every body, angle, house and aspect of one instant at one place. */
import type { HouseSystem, Zodiac } from '../domain/birth.ts';
import { InvalidInput } from '../domain/errors.ts';
import {
  type Angle,
  type Aspect,
  BODIES,
  type Body,
  type BodyPosition,
  type Chart,
} from '../domain/sky.ts';
import { signIndex, signOf } from './angle.ts';
import { findAspects, MAJOR_ASPECTS, MINOR_ASPECTS, type Point } from './aspects.ts';
import { balanceOf } from './balance.ts';
import { dignityOf, rulerOf } from './dignities.ts';
import { longitudeOf, positionOf } from './ephemeris.ts';
import { computeHouses, houseOf } from './houses.ts';
import { julianDay } from './julian-day.ts';
import { moonPhase } from './moon-phase.ts';
import { findPatterns, PLANETS } from './patterns.ts';

/** Bodies that make aspects. The mean node would repeat the true one; Lilith is only a point. */
export const ASPECTING: readonly Body[] = [...PLANETS, 'Chiron', 'TrueNode'];
const ASPECTING_ANGLES: readonly Angle[] = ['Asc', 'MC'];

export interface ChartInput {
  /** ISO 8601 UTC */
  utc: string;
  timeKnown: boolean;
  /** degrees, north positive */
  latitude: number;
  /** degrees, east positive */
  longitude: number;
  houseSystem: HouseSystem;
  zodiac: Zodiac;
  /** bounds of the civil day, ISO 8601 UTC: with an unknown time the Moon may be anywhere between */
  day?: { from: string; to: string };
  /** adds semisextile, semisquare, sesquisquare, quincunx and biquintile */
  minorAspects?: boolean;
}

/**
 * Computes the chart. Longitudes are of the zodiac asked for; apparent, geocentric, true equinox of
 * date. With an unknown time there are no houses, angles or ruler, and the Moon's aspects are only
 * those that hold all day.
 * @throws InvalidInput when `utc` is not an instant
 */
export function computeChart(input: ChartInput): Chart {
  const { zodiac, houseSystem } = input;
  const jd = julianDay(input.utc);
  if (!Number.isFinite(jd)) {
    throw new InvalidInput([
      {
        field: 'utc',
        message: `"${input.utc}" is not an instant; give ISO 8601 UTC, such as 1990-06-15T10:00:00Z`,
      },
    ]);
  }
  const houses = input.timeKnown ? computeHouses({ ...input, jd }) : null;
  const cusps = houses?.cusps ?? null;
  const bodies = Object.fromEntries(
    BODIES.map((body) => [body, placeBody(body, jd, zodiac, cusps)]),
  ) as Record<Body, BodyPosition>;
  const moonRange = input.timeKnown ? null : moonRangeOf(input, jd);
  const points: Point[] = [
    ...ASPECTING.map((name) => ({ name, ...bodies[name] })),
    ...(houses
      ? ASPECTING_ANGLES.map((name) => ({ name, longitude: houses.angles[name], speed: 0 }))
      : []),
  ];
  const rules = input.minorAspects ? [...MAJOR_ASPECTS, ...MINOR_ASPECTS] : MAJOR_ASPECTS;
  const certain = moonRange ? PLANETS.filter((body) => body !== 'Moon') : PLANETS;
  return {
    utc: input.utc,
    timeKnown: input.timeKnown,
    zodiac,
    houseSystem,
    houseSystemUsed: houses?.system ?? null,
    bodies,
    angles: houses?.angles ?? null,
    houses: cusps,
    aspects: keepAllDay(findAspects(points, rules)),
    patterns: findPatterns(bodies, certain),
    balance: balanceOf(PLANETS.map((body) => bodies[body].sign)),
    ruler: houses ? rulerOf(signOf(houses.angles.Asc), zodiac) : null,
    moonPhase: moonPhase(bodies.Sun.longitude, bodies.Moon.longitude, bodies.Moon.latitude),
    moonRange,
  };

  function keepAllDay(aspects: Aspect[]): Aspect[] {
    if (!moonRange) return aspects;
    const ends = [moonRange.from, moonRange.to].map((longitude) =>
      findAspects(
        points.map((point) => (point.name === 'Moon' ? { ...point, longitude } : point)),
        rules,
      ),
    );
    return aspects.filter(
      ({ a, b, kind }) =>
        (a !== 'Moon' && b !== 'Moon') ||
        ends.every((end) => end.some((one) => one.a === a && one.b === b && one.kind === kind)),
    );
  }
}

function placeBody(
  body: Body,
  jd: number,
  zodiac: Zodiac,
  cusps: readonly number[] | null,
): BodyPosition {
  const { longitude, latitude, speed } = positionOf(body, jd, zodiac);
  const sign = signOf(longitude);
  return {
    longitude,
    latitude,
    speed,
    retrograde: speed < 0,
    sign,
    degree: longitude - 30 * signIndex(longitude),
    house: cusps ? houseOf(longitude, cusps) : null,
    dignity: dignityOf(body, sign, zodiac),
  };
}

function moonRangeOf(input: ChartInput, jd: number): NonNullable<Chart['moonRange']> {
  const { day, zodiac } = input;
  const from = longitudeOf('Moon', day ? julianDay(day.from) : jd - 0.5, zodiac);
  const to = longitudeOf('Moon', day ? julianDay(day.to) : jd + 0.5, zodiac);
  return {
    from,
    to,
    signChange: signIndex(from) !== signIndex(to),
  };
}
