import { beforeAll, describe, expect, it } from 'vitest';
import { gatherFacts } from '../../src/astrology/gather-facts.ts';
import { periodsOf } from '../../src/astrology/periods.ts';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { Birth, Subject } from '../../src/domain/birth.ts';
import type { PeriodFacts, ReportFacts } from '../../src/domain/sky.ts';

let facts: ReportFacts;
beforeAll(() => {
  facts = gatherFacts(subjectOf({}), { periods: true });
});

describe('a report year', () => {
  it('has facts for each of its 431 periods, in reading order', () => {
    expect(facts.periods.map(({ period }) => period)).toEqual(periodsOf('2026-01-01'));
  });

  it('gives every day transits of its own', () => {
    const days = facts.periods.filter(({ period }) => period.kind === 'day');
    for (const { transits, period } of days) {
      expect(transits.length, period.id).toBeGreaterThanOrEqual(3);
      expect(transits.length, period.id).toBeLessThanOrEqual(9);
    }
    const signatures = days.map(({ transits }) => JSON.stringify(transits));
    expect(new Set(signatures).size).toBe(365);
  });

  it('holds only transits in orb during the period, in local time', () => {
    // London: civil days match UTC in winter and begin an hour earlier in summer
    for (const { period, transits, events } of facts.periods) {
      const to = Date.parse(`${period.last}T23:59:59Z`);
      const from = Date.parse(`${period.first}T00:00:00Z`) - 3_600_000;
      for (const { begins, ends } of transits) {
        expect(Date.parse(begins)).toBeLessThanOrEqual(to);
        expect(Date.parse(ends)).toBeGreaterThanOrEqual(from);
      }
      for (const { at } of events) {
        expect(Date.parse(at)).toBeGreaterThanOrEqual(from);
        expect(Date.parse(at)).toBeLessThanOrEqual(to);
      }
    }
  });

  it('names the solar eclipse of 12 August in its day, week, month and half', () => {
    const named = facts.periods.filter(({ events }) =>
      events.some(({ text }) => text === 'Total solar eclipse in Leo'),
    );
    expect(named.map(({ period }) => period.id).sort()).toEqual(['d224', 'h2', 'm08', 'w32']);
  });

  it('gives transits of the Moon to days only', () => {
    const longer = facts.periods.filter(({ period }) => period.kind !== 'day');
    const moons = (periods: PeriodFacts[]) =>
      periods.flatMap(({ transits }) => transits.filter(({ transiting }) => transiting === 'Moon'));
    expect(moons(longer)).toEqual([]);
    expect(moons(facts.periods).length).toBeGreaterThan(365);
  });

  it('is the same when computed again', () => {
    expect(gatherFacts(subjectOf({}), { periods: true })).toEqual(facts);
  });

  it('names the ephemeris with its version', () => {
    expect(facts.ephemeris).toBe('caelus 0.23.0');
  });
});

it("gives products without periods the year's twenty most important transits, slow ones first", () => {
  const { periods, year } = gatherFacts(subjectOf({}), { periods: false });
  expect(periods).toEqual([]);
  expect(year).toHaveLength(20);
  expect(year).toEqual(facts.year);
  expect(['Jupiter', 'Saturn', 'Uranus', 'Neptune', 'Pluto']).toContain(year[0]?.transiting);
});

describe('an unknown birth time', () => {
  const subject = subjectOf({ time: null });
  const { chart, periods } = gatherFacts(subject, { periods: true });

  it('has no houses, no angles, no ruler', () => {
    expect(chart).toMatchObject({ timeKnown: false, angles: null, houses: null, ruler: null });
    expect(Object.values(chart.bodies).every(({ house }) => house === null)).toBe(true);
    expect(periods.every(({ moon }) => moon.house === null)).toBe(true);
  });

  it('gives no transits to the angles and the Moon, which are not known', () => {
    const points = new Set(periods.flatMap(({ transits }) => transits.map(({ natal }) => natal)));
    for (const point of ['Asc', 'MC', 'Moon'] as const) expect(points).not.toContain(point);
  });

  it("gives the Moon's range over the civil day, and flags a change of sign", () => {
    expect(chart.moonRange?.from).toBeCloseTo(338.2, 1);
    expect(chart.moonRange?.to).toBeCloseTo(351.5, 1);
    expect(chart.moonRange?.signChange).toBe(false);
    const next = gatherFacts(subjectOf({ date: '1990-06-16', time: null }), { periods: false });
    expect(next.chart.moonRange?.signChange).toBe(true);
  });
});

it('computes sidereal years against the sidereal chart', () => {
  const subject: Subject = { ...subjectOf({}), zodiac: 'lahiri' };
  const { chart, periods } = gatherFacts(subject, { periods: true });
  expect(chart.bodies.Moon.sign).toBe('Aquarius'); // tropical Pisces 14, less 23.7 degrees
  const ingresses = periods.flatMap(({ events }) => events.map(({ text }) => text));
  expect(ingresses).toContain('Sun enters Aries');
  const april = periods.find(({ events }) =>
    events.some(({ text }) => text === 'Sun enters Aries'),
  );
  expect(april?.period.id).toBe('m04');
});

function subjectOf(given: Partial<Birth>): Subject {
  const birth = resolveBirth({
    name: 'Ada',
    date: '1990-06-15',
    time: '11:00',
    place: { name: 'London', latitude: 51.5074, longitude: -0.1278, timeZone: 'Europe/London' },
    ...given,
  });
  return {
    birth,
    reportYear: { startDate: '2026-01-01', timeZone: 'Europe/London' },
    houseSystem: 'placidus',
    zodiac: 'tropical',
  };
}
