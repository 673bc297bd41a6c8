/** A chart: every body, angle, house and aspect of one instant at one place. */
import type { HouseSystem, Zodiac } from '../domain/birth.ts';
import { InvalidInput } from '../domain/errors.ts';
import { type Angle, BODIES, type Body, type BodyPosition, type Chart } from '../domain/sky.ts';
import { signIndex, signOf } from './angle.ts';
import { findAspects, MAJOR_ASPECTS, MINOR_ASPECTS, type Point } from './aspects.ts';
import { balanceOf } from './balance.ts';
import { type DaySky, openDaySky } from './day-sky.ts';
import { dignityOf, rulerOf } from './dignities.ts';
import { positionOf } from './ephemeris.ts';
import { holdingAllDay } from './holding-all-day.ts';
import { computeHouses, houseOf } from './houses.ts';
import { julianDay } from './julian-day.ts';
import { moonPhase } from './moon-phase.ts';
import { ASPECTING, findPatterns, PLANETS, skyOf } from './patterns.ts';

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
  /** bounds of the civil day, ISO 8601 UTC: the birth may be anywhere between when the time is unknown */
  day?: { from: string; to: string };
  /** adds semisextile, semisquare, sesquisquare, quincunx and biquintile */
  minorAspects?: boolean;
}

/**
 * Computes the chart. Longitudes are of the zodiac asked for; apparent, geocentric, true equinox of
 * date. With an unknown time there are no houses, angles or ruler; positions are for `utc` and say how
 * far they moved that day; aspects, patterns and balance are those that hold all day.
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
  const rules = input.minorAspects ? [...MAJOR_ASPECTS, ...MINOR_ASPECTS] : MAJOR_ASPECTS;
  const chart = {
    utc: input.utc,
    timeKnown: input.timeKnown,
    zodiac,
    houseSystem,
    houseSystemUsed: houses?.system ?? null,
    bodies,
    angles: houses?.angles ?? null,
    houses: cusps,
    ruler: houses ? rulerOf(signOf(houses.angles.Asc), zodiac) : null,
    moonPhase: moonPhase(bodies.Sun.longitude, bodies.Moon.longitude, bodies.Moon.latitude),
    moonRange: null,
  };
  if (!input.timeKnown) return { ...chart, ...holdingAllDay(bodies, daySkyOf(input, jd), rules) };
  const points: Point[] = [
    ...ASPECTING.map((name) => ({ name, ...bodies[name] })),
    ...(houses
      ? ASPECTING_ANGLES.map((name) => ({ name, longitude: houses.angles[name], speed: 0 }))
      : []),
  ];
  return {
    ...chart,
    aspects: findAspects(points, rules),
    patterns: findPatterns(skyOf(bodies)),
    balance: balanceOf(PLANETS.map((body) => bodies[body].sign)),
  };
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

function daySkyOf({ day, zodiac }: ChartInput, jd: number): DaySky {
  return openDaySky({
    from: day ? julianDay(day.from) : jd - 0.5,
    to: day ? julianDay(day.to) : jd + 0.5,
    noon: jd,
    zodiac,
  });
}
