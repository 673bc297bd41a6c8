import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computeChart } from '../../src/astrology/chart.ts';
import { birthDay, resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { Body, Chart } from '../../src/domain/sky.ts';

interface Right {
  date: string;
  zone: string;
  signs?: Partial<Record<Body, string[]>>;
  retrograde?: Partial<Record<Body, boolean | null>>;
  phases?: string[];
  aspects?: { a: Body; b: Body; kind: string; least: number; most: number; applying: null }[];
  moon?: { from: number; to: number };
}
const { births } = JSON.parse(
  readFileSync(new URL('./reference/unknown-times.json', import.meta.url), 'utf8'),
) as { births: (Right & { source: string; neighbour: Omit<Right, 'zone'> })[] };

describe('an unknown time leaves open what changes that day, and no more', () => {
  it.each(births)('$date in $zone: $source', (right) => agrees(right));
  it.each(births.map(({ zone, neighbour }) => ({ zone, ...neighbour })))(
    'on the day beside it, $date in $zone, it is certain',
    (right) => agrees(right),
  );
});

it('a day that is longer because its zone is uncertain leaves more open', () => {
  // 20 March 1990 as clocks from UTC+14 to UTC-12 showed it: the Moon crossed 25 degrees in 50 hours
  const day = { from: '1990-03-19T10:00:00Z', to: '1990-03-21T12:00:00Z' };
  const chart = chartOf('1990-03-20', 'Europe/London', day);
  expect(chart.bodies.Moon.day?.signs).toEqual(['Sagittarius', 'Capricorn']);
  expect(chart.bodies.Sun.day?.signs).toEqual(['Pisces', 'Aries']);
  for (const hours of [0, 10, 20, 30, 40, 50]) {
    const utc = new Date(Date.parse(day.from) + hours * 3_600_000).toISOString();
    const known = computeChart({ ...HERE, utc, timeKnown: true });
    const names = known.aspects.map(({ a, b, kind }) => `${a} ${kind} ${b}`);
    for (const { a, b, kind } of chart.aspects) expect(names).toContain(`${a} ${kind} ${b}`);
  }
});

function agrees(right: Right): void {
  const chart = chartOf(right.date, right.zone);
  const day = (body: string) => chart.bodies[body as Body].day;
  for (const [body, signs] of Object.entries(right.signs ?? {})) {
    expect(day(body)?.signs.toSorted(), body).toEqual(signs);
  }
  for (const [body, retrograde] of Object.entries(right.retrograde ?? {})) {
    expect(day(body)?.retrograde, body).toBe(retrograde);
  }
  if (right.phases) expect(chart.moonPhase.names).toEqual(right.phases);
  for (const { a, b, kind, least, most, applying } of right.aspects ?? []) {
    const found = chart.aspects.find((one) => one.a === a && one.b === b);
    expect(found).toMatchObject({ kind, applying });
    expect(found?.orbs?.least).toBeCloseTo(least, 1);
    expect(found?.orbs?.most).toBeCloseTo(most, 1);
  }
  if (right.moon) {
    expect(chart.moonRange?.from).toBeCloseTo(right.moon.from, 1);
    expect(chart.moonRange?.to).toBeCloseTo(right.moon.to, 1);
  }
}

const HERE = { latitude: 0, longitude: 0, houseSystem: 'placidus', zodiac: 'tropical' } as const;

function chartOf(date: string, timeZone: string, day?: { from: string; to: string }): Chart {
  const place = { name: 'Here', latitude: 0, longitude: 0, timeZone };
  const birth = resolveBirth({ name: 'Ada', date, time: null, place });
  return computeChart({ ...HERE, utc: birth.utc, timeKnown: false, day: day ?? birthDay(birth) });
}
