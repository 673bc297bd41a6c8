/** Exact transits, ingresses, stations, phases and aspects, against Swiss Ephemeris. */
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { arc } from '../../src/astrology/angle.ts';
import { computeChart } from '../../src/astrology/chart.ts';
import { longitudeOf } from '../../src/astrology/ephemeris.ts';
import { isoOf, julianDay } from '../../src/astrology/julian-day.ts';
import { findSkyEvents, type TimedEvent } from '../../src/astrology/sky-events.ts';
import { crossingsOf, differenceOf } from '../../src/astrology/track.ts';
import { TRANSIT_ASPECTS } from '../../src/astrology/transit-rules.ts';
import { solveExact, solveTransits } from '../../src/astrology/transits.ts';
import { createYearSky, type YearSky } from '../../src/astrology/year-sky.ts';
import { BODIES, type Body, type Chart } from '../../src/domain/sky.ts';
import { readJson } from './reference.ts';

const FROM = julianDay('2026-01-01T00:00:00Z');
const TO = julianDay('2028-01-01T00:00:00Z');
const MINUTE = 1 / 1440;

const { natals, transits } = z
  .object({
    natals: z.record(z.string(), z.object({ utc: z.string(), lat: z.number(), lng: z.number() })),
    transits: z.array(
      z.object({
        natal: z.string(),
        transiting: z.enum(BODIES),
        aspect: z.string(),
        natal_point: z.string(),
        utc: z.string(),
      }),
    ),
  })
  .parse(readJson('transits.json'));
const { events } = z
  .object({
    events: z.array(
      z.discriminatedUnion('type', [
        z.object({
          type: z.literal('aspect'),
          aspect: z.string(),
          body1: z.enum(BODIES),
          body2: z.enum(BODIES),
          utc: z.string(),
        }),
        z.object({
          type: z.literal('ingress'),
          body: z.enum(BODIES),
          sign: z.string(),
          utc: z.string(),
        }),
        z.object({
          type: z.literal('moon_phase'),
          phase: z.string(),
          moon_sign: z.string(),
          utc: z.string(),
        }),
        z.object({
          type: z.literal('station'),
          body: z.enum(BODIES),
          direction: z.string(),
          utc: z.string(),
        }),
      ]),
    ),
  })
  .parse(readJson('events.json'));

let sky: YearSky;
let found: TimedEvent[];
beforeAll(() => {
  sky = createYearSky({ from: FROM, to: TO, zodiac: 'tropical' });
  found = findSkyEvents(sky, { houses: null });
});

describe.each(Object.entries(natals))('transits to %s', (name, { utc, lat, lng }) => {
  it('include each transit of the reference, exact when Swiss Ephemeris says so', () => {
    const bodies = BODIES.filter(
      (body) => !['Moon', 'TrueNode', 'MeanNode', 'Lilith'].includes(body),
    );
    const exact = solveExact(sky, chartOf(utc, lat, lng), bodies);
    const expected = transits.filter(({ natal }) => natal === name);
    expect(expected.length).toBeGreaterThan(50);
    for (const one of expected) {
      const near = exact.filter(
        ({ transiting, aspect, natal, at }) =>
          transiting === one.transiting &&
          aspect === one.aspect &&
          natal === one.natal_point &&
          Math.abs(at - julianDay(one.utc)) < minutesFor(one.transiting) * MINUTE,
      );
      expect(near, JSON.stringify(one)).toHaveLength(1);
    }
  });
});

describe('what the sky does in 2026 and 2027', () => {
  it.each(events.filter((one) => one.type === 'aspect'))('$body1 $aspect $body2 at $utc', (one) => {
    const { body1, body2, aspect, utc } = one;
    const angle = TRANSIT_ASPECTS.find(({ kind }) => kind === aspect)?.angle ?? Number.NaN;
    const way = differenceOf(sky.track(body1), sky.track(body2));
    const turning = { ...way, turns: everyDay(way.from, way.to) };
    const times = [angle, -angle].flatMap((target) => crossingsOf(turning, target));
    expect(nearest(times, utc)).toBeLessThan(minutesFor(body1, body2));
  });

  it.each(events.filter((one) => one.type === 'ingress'))('$body enters $sign at $utc', (one) => {
    const times = found
      .filter(({ event }) => event.kind === 'ingress' && event.body === one.body)
      .filter(({ event }) => event.text.endsWith(one.sign))
      .map(({ jd }) => jd);
    expect(nearest(times, one.utc)).toBeLessThan(minutesFor(one.body));
  });

  it.each(events.filter((one) => one.type === 'station'))(
    '$body turns $direction at $utc',
    (one) => {
      const times = found
        .filter(({ event }) => event.kind === 'station' && event.body === one.body)
        .filter(({ event }) => event.text.includes(`stations ${one.direction}`))
        .map(({ jd }) => jd);
      expect(nearest(times, one.utc)).toBeLessThan(one.body === 'Mercury' ? 3 : 45);
    },
  );

  it.each(events.filter((one) => one.type === 'moon_phase'))('$phase at $utc', (one) => {
    const name = one.phase.replace('_moon', '').replace('_', ' ');
    const times = found
      .filter(({ event }) => event.kind === 'lunation')
      .filter(({ event }) => event.text.toLowerCase().startsWith(name))
      .filter(({ event }) => event.text.endsWith(one.moon_sign))
      .map(({ jd }) => jd);
    expect(nearest(times, one.utc)).toBeLessThan(1);
  });

  it('includes every eclipse in the almanacs', () => {
    const eclipses = found
      .filter(({ event }) => event.kind === 'eclipse')
      .map(({ event }) => event);
    // NASA's catalogues of solar and lunar eclipses
    expect(eclipses.map(({ at, text }) => `${at.slice(0, 10)} ${text}`)).toEqual([
      '2026-02-17 Annular solar eclipse in Aquarius',
      '2026-03-03 Total lunar eclipse in Virgo',
      '2026-08-12 Total solar eclipse in Leo',
      '2026-08-28 Partial lunar eclipse in Pisces',
      '2027-02-06 Annular solar eclipse in Aquarius',
      '2027-02-20 Penumbral lunar eclipse in Virgo',
      '2027-07-18 Penumbral lunar eclipse in Capricorn',
      '2027-08-02 Total solar eclipse in Leo',
      '2027-08-17 Penumbral lunar eclipse in Aquarius',
    ]);
  });
});

describe('a stay in orb', () => {
  const chart = chartOf('1990-06-15T10:00:00Z', 51.5074, -0.1278);

  it('begins and ends at the orb, and is exact in between', () => {
    const stays = solveTransits(sky, chart);
    expect(stays.length).toBeGreaterThan(2000);
    for (const { transiting, aspect, natal, begins, exact, ends } of stays.slice(0, 400)) {
      const angle = TRANSIT_ASPECTS.find(({ kind }) => kind === aspect)?.angle ?? Number.NaN;
      const orbAt = (jd: number) => {
        const away = arc(longitudeOfPoint(chart, natal), longitudeOf(transiting, jd, 'tropical'));
        return Math.abs(Math.abs(away) - angle);
      };
      expect(begins).toBeLessThan(ends);
      for (const jd of exact) expect(orbAt(jd)).toBeLessThan(1e-4);
      expect(Math.abs(orbAt(begins) - orbAt(ends))).toBeLessThan(1e-3);
    }
  });

  it('has both passes of a planet that turns back in it, and none of one that turns back early', () => {
    const counts = solveTransits(sky, chart).map(({ exact }) => exact.length);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(2);
    expect(Math.min(...counts)).toBe(0);
  });

  it('is complete for every planet, even if it began long before the window', () => {
    for (const { transiting, begins, ends } of solveTransits(sky, chart)) {
      const { from, to } = sky.track(transiting);
      expect(begins, `${transiting} ${isoOf(begins)}`).toBeGreaterThan(from);
      expect(ends, `${transiting} ${isoOf(ends)}`).toBeLessThan(to);
    }
  });
});

/** From the reference's README: the slower body counts. */
function minutesFor(...bodies: Body[]): number {
  const slow = (names: Body[]) => bodies.some((body) => names.includes(body));
  if (slow(['Uranus', 'Neptune', 'Pluto', 'Chiron'])) return 45;
  if (slow(['Jupiter', 'Saturn'])) return 5;
  return 1;
}

function nearest(times: readonly number[], utc: string): number {
  return Math.min(...times.map((jd) => Math.abs(jd - julianDay(utc)) / MINUTE));
}

function everyDay(from: number, to: number): number[] {
  return Array.from({ length: Math.floor(to - from) }, (_, day) => from + day);
}

function longitudeOfPoint(chart: Chart, point: string): number {
  if (point === 'Asc' || point === 'MC') return chart.angles?.[point] ?? Number.NaN;
  const body = BODIES.find((one) => one === point);
  return body ? chart.bodies[body].longitude : Number.NaN;
}

function chartOf(utc: string, latitude: number, longitude: number): Chart {
  return computeChart({
    utc,
    timeKnown: true,
    latitude,
    longitude,
    houseSystem: 'placidus',
    zodiac: 'tropical',
  });
}
