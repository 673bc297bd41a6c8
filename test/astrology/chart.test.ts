import { Body as Astronomical, Ecliptic, GeoVector } from 'astronomy-engine';
import { describe, expect, it } from 'vitest';
import { aspectBetween, findAspects, MAJOR_ASPECTS } from '../../src/astrology/aspects.ts';
import { type ChartInput, computeChart } from '../../src/astrology/chart.ts';
import { dignityOf, rulerOf } from '../../src/astrology/dignities.ts';
import { longitudeOf } from '../../src/astrology/ephemeris.ts';
import { julianDay } from '../../src/astrology/julian-day.ts';
import { moonPhase } from '../../src/astrology/moon-phase.ts';
import { InvalidInput } from '../../src/domain/errors.ts';
import { BODIES } from '../../src/domain/sky.ts';
import { arcseconds } from './reference.ts';

const chart = chartOf({});

describe('a chart', () => {
  it('places every body in a sign and a house', () => {
    expect(Object.keys(chart.bodies)).toEqual([...BODIES]);
    for (const { longitude, degree, house } of Object.values(chart.bodies)) {
      expect(longitude % 30).toBeCloseTo(degree, 9);
      expect(house).toBeGreaterThanOrEqual(1);
      expect(house).toBeLessThanOrEqual(12);
    }
    expect(chart.bodies.Sun).toMatchObject({ sign: 'Gemini', house: 10 });
  });

  it('puts the descendant opposite the ascendant, and the imum coeli opposite the midheaven', () => {
    const { Asc = 0, Dsc = 0, MC = 0, IC = 0 } = chart.angles ?? {};
    expect(arcseconds(Asc, Dsc + 180)).toBeLessThan(1e-6);
    expect(arcseconds(MC, IC + 180)).toBeLessThan(1e-6);
    expect(chart.houses?.[0]).toBeCloseTo(Asc, 9);
    expect(chart.houses?.[9]).toBeCloseTo(MC, 9);
  });

  it('counts each of the ten planets once in the balance', () => {
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b);
    expect(sum(chart.balance.elements)).toBe(10);
    expect(sum(chart.balance.qualities)).toBe(10);
    expect(chart.balance.qualities.cardinal).toBe(5);
  });

  it('is ruled by the ruler of the ascendant', () => {
    expect(chart.ruler).toBe('Mercury'); // Virgo rises
  });

  it('adds the minor aspects only on request', () => {
    const kinds = (aspects: { kind: string }[]) => new Set(aspects.map(({ kind }) => kind));
    expect(kinds(chart.aspects)).not.toContain('quincunx');
    expect(kinds(chartOf({ minorAspects: true }).aspects)).toContain('quincunx');
  });

  it('shifts by the ayanamsa in a sidereal zodiac', () => {
    // Lahiri's at 1990.45 by the Indian Astronomical Ephemeris: 23 degrees 43 minutes
    const shift = chart.bodies.Sun.longitude - chartOf({ zodiac: 'lahiri' }).bodies.Sun.longitude;
    expect(shift).toBeCloseTo(23.72, 1);
    const other = chartOf({ zodiac: 'fagan_bradley' });
    expect(chart.bodies.Sun.longitude - other.bodies.Sun.longitude).toBeCloseTo(24.61, 1);
  });

  it('is refused when its time is not an instant', () => {
    expect(() => chartOf({ utc: 'yesterday' })).toThrow(InvalidInput);
  });
});

describe('the whole range', () => {
  it('has all bodies from 1800 to 2100', () => {
    for (const utc of ['1800-01-01T00:00:00Z', '1849-12-31T00:00:00Z', '2100-12-31T23:59:59Z']) {
      expect(Object.values(chartOf({ utc }).bodies).every(({ speed }) => speed !== 0)).toBe(true);
    }
  });

  it('has Pluto where an independent library has it before 1885', () => {
    for (const year of [1800, 1840, 1879]) {
      const at = new Date(Date.UTC(year, 2, 14));
      const { elon } = Ecliptic(GeoVector(Astronomical.Pluto, at, true));
      const { longitude } = chartOf({ utc: at.toISOString() }).bodies.Pluto;
      expect(arcseconds(longitude, elon)).toBeLessThan(30);
    }
  });

  // where our own data meets caelus's
  it.each([
    ['Chiron', '1850-01-01T00:00:00Z', 12],
    ['Pluto', '1890-01-10T00:00:00Z', 12],
    ['Moon', '1919-12-31T23:59:35Z', 1],
    ['TrueNode', '1919-12-31T23:59:35Z', 1],
    ['Moon', '2080-01-02T00:00:00Z', 1],
  ] as const)('moves %s across %s without a jump', (body, utc, hours) => {
    const at = (steps: number) => {
      const jd = julianDay(utc) + (steps * hours) / 24;
      return longitudeOf(body, jd, 'tropical');
    };
    // a jump shows up as a third difference that the motion itself would not have
    const third = at(1.5) - 3 * at(0.5) + 3 * at(-0.5) - at(-1.5);
    expect(Math.abs(third) * 3600).toBeLessThan(3);
  });
});

describe('aspects', () => {
  const point = (name: 'Sun' | 'Mars', longitude: number, speed: number) => ({
    name,
    longitude,
    speed,
  });

  it('apply while the faster body approaches, and separate afterwards', () => {
    const mars = point('Mars', 10, 0.5);
    expect(aspectBetween(point('Sun', 7, 1), mars, MAJOR_ASPECTS)).toMatchObject({
      kind: 'conjunction',
      orb: 3,
      applying: true,
    });
    expect(aspectBetween(point('Sun', 13, 1), mars, MAJOR_ASPECTS)?.applying).toBe(false);
    expect(aspectBetween(point('Sun', 186, 1), mars, MAJOR_ASPECTS)?.applying).toBe(true);
    expect(aspectBetween(point('Sun', 194, 1), mars, MAJOR_ASPECTS)?.applying).toBe(false);
  });

  it.each([
    [10, 'conjunction'],
    [170, 'opposition'],
    [112, 'trine'],
    [66, 'sextile'],
    [85, 'square'],
    [71, 'quintile'],
  ])('extend as far as their orb: %s degrees is a %s', (separation, kind) => {
    const found = findAspects(
      [point('Sun', 355, 1), point('Mars', 355 + separation, 0)],
      MAJOR_ASPECTS,
    );
    expect(found.map((aspect) => aspect.kind)).toEqual([kind]);
  });

  it.each([10.01, 169.99, 111.99, 66.01, 84.99, 70.99])(
    'end at the orb: %s degrees is not an aspect',
    (separation) => {
      expect(
        findAspects([point('Sun', 355, 1), point('Mars', 355 + separation, 0)], MAJOR_ASPECTS),
      ).toEqual([]);
    },
  );
});

describe('patterns', () => {
  it('name their members', () => {
    expect(chart.patterns).toContainEqual({
      kind: 'grand_trine',
      members: ['Moon', 'Jupiter', 'Pluto'],
    });
    expect(chart.patterns).toContainEqual({
      kind: 't_square',
      members: ['Mars', 'Jupiter', 'Uranus'],
    });
  });

  it('include the stellium of February 1962 in Aquarius', () => {
    const stellia = chartOf({ utc: '1962-02-05T00:10:00Z' }).patterns.filter(
      ({ kind }) => kind === 'stellium',
    );
    expect(stellia).toEqual([
      {
        kind: 'stellium',
        sign: 'Aquarius',
        members: ['Sun', 'Moon', 'Mercury', 'Venus', 'Mars', 'Jupiter', 'Saturn'],
      },
    ]);
  });
});

it('knows rulers and dignities, and uses modern rulers in the tropical zodiac only', () => {
  expect(rulerOf('Scorpio', 'tropical')).toBe('Pluto');
  expect(rulerOf('Scorpio', 'lahiri')).toBe('Mars');
  expect(dignityOf('Mars', 'Scorpio', 'tropical')).toBe('domicile');
  expect(dignityOf('Sun', 'Libra', 'tropical')).toBe('fall');
  expect(dignityOf('Mercury', 'Virgo', 'tropical')).toBe('domicile');
  expect(dignityOf('Mercury', 'Pisces', 'tropical')).toBe('detriment');
  expect(dignityOf('Saturn', 'Libra', 'tropical')).toBe('exaltation');
  expect(dignityOf('Chiron', 'Virgo', 'tropical')).toBeNull();
});

it.each([
  [0, 'New Moon', 0],
  [22.4, 'New Moon', 0.04],
  [90, 'First Quarter', 0.5],
  [180, 'Full Moon', 1],
  [337.6, 'New Moon', 0.04],
  [300, 'Waning Crescent', 0.25],
])('calls an elongation of %s degrees %s, %s of it lit', (angle, name, lit) => {
  const phase = moonPhase(350, 350 + angle);
  expect(phase.name).toBe(name);
  expect(phase.illumination).toBeCloseTo(lit, 1);
});

function chartOf(given: Partial<ChartInput>) {
  return computeChart({
    utc: '1990-06-15T10:00:00Z',
    timeKnown: true,
    latitude: 51.5074,
    longitude: -0.1278,
    houseSystem: 'placidus',
    zodiac: 'tropical',
    ...given,
  });
}
