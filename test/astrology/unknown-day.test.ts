/** The proof of the kind: whatever the facts of an unknown time state as certain is true at every hour of that day. */
import { describe, expect, it } from 'vitest';
import { arc } from '../../src/astrology/angle.ts';
import { computeChart } from '../../src/astrology/chart.ts';
import { describeAspect, describePosition } from '../../src/astrology/describe.ts';
import { gatherFacts } from '../../src/astrology/gather-facts.ts';
import { isoOf, julianDay } from '../../src/astrology/julian-day.ts';
import { birthDay, resolveBirth } from '../../src/astrology/resolve-birth.ts';
import { solveTransits } from '../../src/astrology/transits.ts';
import { createYearSky } from '../../src/astrology/year-sky.ts';
import { type Subject, ZODIACS } from '../../src/domain/birth.ts';
import { BODIES, type Chart, type Pattern } from '../../src/domain/sky.ts';
import { progressedMoon } from '../../src/products/shared/progressed-moon.ts';

/** More with `SKY_DAYS=2000 npm test -- test/astrology/unknown-day.test.ts`. */
const DAYS = Number(process.env.SKY_DAYS ?? 40);
const INSTANTS = 25;
/** Degrees: the day's curves pass through exact positions, and are this near to them in between. */
const NEAR = 2e-6;
const ZONES = [
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Asia/Tokyo',
];
/** Besides random days: one of 25 hours, one of 23, and several on which much changes. */
const CHOSEN = [
  ['1996-10-27', 'Europe/Berlin'],
  ['1996-03-31', 'Europe/Berlin'],
  ['1990-03-20', 'Europe/London'],
  ['1962-02-04', 'Europe/London'],
  ['1983-01-07', 'Europe/London'],
  ['1999-08-11', 'Europe/London'],
  ['2020-12-21', 'Europe/London'],
] as const;

describe.each([...CHOSEN, ...randomDays(DAYS)])('a birth on %s in %s', (date, timeZone) => {
  const subject = subjectOf(date, timeZone);
  const chart = chartOf(subject);
  const hours = instantsOf(subject).map((utc) => chartAt(subject, utc));

  it('has every body where its range and its certain words put it', () => {
    for (const body of BODIES) {
      const position = chart.bodies[body];
      const day = position.day ?? expect.fail(`${body} has no range`);
      const words = describePosition(body, position);
      for (const { bodies, utc } of hours) {
        const { longitude, sign, retrograde, dignity } = bodies[body];
        const where = `${body} ${utc}`;
        expect(arc(day.from, longitude), where).toBeGreaterThan(-NEAR);
        expect(arc(longitude, day.to), where).toBeGreaterThan(-NEAR);
        expect(day.signs, where).toContain(sign);
        if (day.retrograde !== null) expect(retrograde, where).toBe(day.retrograde);
        if (day.dignity !== null || day.signs.length === 1) expect(dignity).toBe(day.dignity);
        if (!/ to | or |part of/.test(words)) {
          expect(describePosition(body, { ...bodies[body], house: null }), where).toBe(words);
        }
      }
    }
  });

  it('has every aspect, and misses none that lasts all day', () => {
    for (const aspect of chart.aspects) {
      const { a, b, kind, applying, orbs = expect.fail('no range') } = aspect;
      const words = describeAspect(aspect);
      for (const { aspects, utc } of hours) {
        const where = `${words} ${utc}`;
        const found = aspects.find((one) => one.a === a && one.b === b && one.kind === kind);
        if (!found) return expect.fail(where);
        expect(found.orb, where).toBeGreaterThan(orbs.least - NEAR);
        expect(found.orb, where).toBeLessThan(orbs.most + NEAR);
        if (applying !== null) expect(found.applying, where).toBe(applying);
        if (!words.includes(' to ') && applying !== null) expect(describeAspect(found)).toBe(words);
      }
    }
    const bodiesOnly = ({ aspects }: Chart) =>
      aspects.filter(({ a, b }) => a !== 'Asc' && a !== 'MC' && b !== 'Asc' && b !== 'MC');
    const name = ({ a, b, kind }: Chart['aspects'][number]) => `${a} ${kind} ${b}`;
    const names = hours.map((hour) => new Set(bodiesOnly(hour).map(name)));
    const always = [...(names[0] ?? [])].filter((one) => names.every((set) => set.has(one)));
    expect(chart.aspects.map(name).sort()).toEqual(always.sort());
  });

  it('has every pattern, count and phase', () => {
    const uncertain = BODIES.slice(0, 10).filter(
      (body) => (chart.bodies[body].day?.signs.length ?? 0) > 1,
    );
    const counts = Object.values(chart.balance.elements).reduce((sum, one) => sum + one);
    expect(counts).toBe(10 - uncertain.length);
    for (const { patterns, balance, moonPhase } of hours) {
      for (const pattern of chart.patterns) {
        expect(patterns.some((one) => holds(one, pattern))).toBe(true);
      }
      for (const group of ['elements', 'qualities'] as const) {
        for (const [key, count] of Object.entries(chart.balance[group])) {
          const now = Object.entries(balance[group]).find(([one]) => one === key)?.[1] ?? 0;
          expect(now).toBeGreaterThanOrEqual(count);
          expect(now).toBeLessThanOrEqual(count + uncertain.length);
        }
      }
      expect(chart.moonPhase.names).toContain(moonPhase.name);
    }
  });

  it('has the progressed Moon between its limits', () => {
    const { from, to } = progressedMoon(subject, { houses: null });
    for (const { utc } of hours) {
      const known = { ...subject, birth: { ...subject.birth, time: '12:00', utc } };
      const moon = progressedMoon(known, { houses: null });
      for (const [range, { sign }] of [
        [from, moon.from],
        [to, moon.to],
      ] as const) {
        expect(range.day?.signs).toContain(sign);
      }
    }
  });
});

describe.each([...CHOSEN.slice(2, 5), ...randomDays(2)])(
  'transits to %s in %s',
  (date, timeZone) => {
    const subject = subjectOf(date, timeZone);
    const sky = createYearSky({
      from: julianDay('2027-01-01T00:00:00Z'),
      to: julianDay('2028-01-01T00:00:00Z'),
      zodiac: subject.zodiac,
    });
    const transits = solveTransits(sky, chartOf(subject));

    it('are in orb and exact within the times given, whatever the hour of birth', () => {
      expect(transits.length).toBeGreaterThan(500);
      const second = 1 / 86_400;
      for (const utc of instantsOf(subject)) {
        const hour = Map.groupBy(solveTransits(sky, chartAt(subject, utc)), keyOf);
        for (const transit of transits) {
          const { begins, ends, exactBetween = expect.fail('no range') } = transit;
          const where = `${utc} ${keyOf(transit)} ${isoOf(begins)}`;
          const stay = hour
            .get(keyOf(transit))
            ?.find((one) => one.begins <= begins + second && one.ends >= ends - second);
          if (!stay) return expect.fail(where);
          if (exactBetween === null) continue;
          expect(stay.exact.length, where).toBe(exactBetween.length);
          for (const [i, at] of stay.exact.entries()) {
            const [earliest, latest] = exactBetween[i] ?? expect.fail(where);
            expect(at, where).toBeGreaterThan(earliest - second);
            expect(at, where).toBeLessThan(latest + second);
          }
        }
      }
    });
  },
);

it('facts of a known time have none of the fields for an unknown one', () => {
  const { birth, ...rest } = subjectOf('1990-03-20', 'Europe/London');
  const known = gatherFacts({ birth: { ...birth, time: '12:00' }, ...rest }, { periods: false });
  expect(JSON.stringify(known)).not.toMatch(/"(day|orbs|names|exactBetween)"/);
});

function keyOf(transit: { transiting: string; aspect: string; natal: string }): string {
  return `${transit.transiting} ${transit.aspect} ${transit.natal}`;
}

function holds(one: Pattern, claimed: Pattern): boolean {
  const enough = claimed.members.every((member) => one.members.includes(member));
  return one.kind === claimed.kind && one.sign === claimed.sign && enough;
}

function subjectOf(date: string, timeZone: string): Subject {
  const place = { name: 'Here', latitude: 40, longitude: 10, timeZone };
  return {
    birth: resolveBirth({ name: 'Ada', date, time: null, place }),
    reportYear: { startDate: '2027-01-01', timeZone },
    houseSystem: 'placidus',
    // not always the tropical one
    zodiac: ZODIACS[Number(date.slice(8)) % 4] ?? 'tropical',
  };
}

function chartOf({ birth, zodiac, houseSystem }: Subject): Chart {
  const { utc, place } = birth;
  const { latitude, longitude } = place;
  const day = birthDay(birth);
  return computeChart({ utc, timeKnown: false, latitude, longitude, houseSystem, zodiac, day });
}

function chartAt({ birth, zodiac, houseSystem }: Subject, utc: string): Chart {
  const { latitude, longitude } = birth.place;
  return computeChart({ utc, timeKnown: true, latitude, longitude, houseSystem, zodiac });
}

/** From the day's first second to its last. */
function instantsOf({ birth }: Subject): string[] {
  const { from, to } = birthDay(birth);
  const [first, last] = [Date.parse(from), Date.parse(to) - 1000];
  return Array.from({ length: INSTANTS }, (_, i) =>
    new Date(first + ((last - first) * i) / (INSTANTS - 1)).toISOString(),
  );
}

/** Days of 1900-2024 from a fixed seed, so that a failure can be looked at again. */
function randomDays(count: number): (readonly [string, string])[] {
  let state = 20_261_128;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return Array.from({ length: count }, () => {
    const date = new Date(Date.UTC(1900, 0, 1) + next(45_655) * 86_400_000);
    return [date.toISOString().slice(0, 10), ZONES[next(ZONES.length)] ?? 'UTC'] as const;
  });
}
