import { EclipticGeoMoon, MakeTime } from 'astronomy-engine';
import { describe, expect, it } from 'vitest';
import { SIGNS } from '../../../src/domain/sky.ts';
import { progressedMoon } from '../../../src/products/shared/progressed-moon.ts';
import { factsOf, subjectOf } from '../sample.ts';

describe('the progressed Moon', () => {
  const subject = subjectOf();
  const { chart } = factsOf(subject);
  const { from, to } = progressedMoon(subject, chart);

  it('is where the Moon was as many days after birth as years have passed', () => {
    // 36.4356 years from 15 June 1990, 10:00 UTC, to 21 November 2026, noon
    const instant = new Date(Date.parse(subject.birth.utc) + 36.4356 * 86_400_000);
    const { lon } = EclipticGeoMoon(MakeTime(instant));
    expect(SIGNS.indexOf(from.sign) * 30 + from.degree).toBeCloseTo(lon, 1);
  });

  it('moves in a year as far as the Moon moves in a day', () => {
    const place = ({ sign, degree }: typeof from) => SIGNS.indexOf(sign) * 30 + degree;
    const moved = (place(to) - place(from) + 360) % 360;
    expect(moved).toBeGreaterThan(11.5);
    expect(moved).toBeLessThan(15.5);
  });

  it('has a house only where the chart has houses', () => {
    expect(from.house).toBeTypeOf('number');
    expect(progressedMoon(subject, { houses: null }).from.house).toBeNull();
  });
});
