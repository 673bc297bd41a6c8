import { describe, expect, it } from 'vitest';
import { periodsOf } from '../../src/astrology/periods.ts';
import type { PeriodKind } from '../../src/domain/sky.ts';

const kindOf = (start: string, kind: PeriodKind) =>
  periodsOf(start).filter((period) => period.kind === kind);
const epochDay = (date: string) => Date.parse(date) / 86_400_000;

describe.each(['2026-01-01', '2026-01-31', '2027-03-01', '2028-02-29'])(
  'a year from %s',
  (start) => {
    it('has 365 days, 52 weeks, 12 months and 2 halves', () => {
      const kinds = (['day', 'week', 'month', 'half'] as const).map((kind) => kindOf(start, kind));
      expect(kinds.map((periods) => periods.length)).toEqual([365, 52, 12, 2]);
      expect(new Set(periodsOf(start).map(({ id }) => id)).size).toBe(431);
    });

    it.each(['day', 'week', 'month', 'half'] as const)(
      'is covered once by each kind of period, without gaps: %s',
      (kind) => {
        const periods = kindOf(start, kind);
        expect(periods[0]?.first).toBe(start);
        expect(epochDay(periods.at(-1)?.last ?? '') - epochDay(start)).toBe(364);
        for (const [i, period] of periods.entries()) {
          const next = periods[i + 1];
          if (next) expect(epochDay(next.first) - epochDay(period.last)).toBe(1);
        }
      },
    );

    it('is ordered by first day, with longer periods first', () => {
      const order: PeriodKind[] = ['half', 'month', 'week', 'day'];
      const keys = periodsOf(start).map(({ first, kind }) => `${first} ${order.indexOf(kind)}`);
      expect(keys).toEqual([...keys].sort());
    });
  },
);

it('opens with the half, month, week and day that begin it', () => {
  const ids = periodsOf('2026-01-01').map(({ id }) => id);
  expect(ids.slice(0, 5)).toEqual(['h1', 'm01', 'w01', 'd001', 'd002']);
  expect(ids.at(-1)).toBe('d365');
});

it('gives week 52 eight days', () => {
  const last = kindOf('2026-01-01', 'week').at(-1);
  expect(last).toMatchObject({ id: 'w52', first: '2026-12-24', last: '2026-12-31' });
});

it('starts each month on the start day, or on the last day of a shorter month', () => {
  expect(kindOf('2026-01-31', 'month').map(({ first }) => first.slice(5))).toEqual([
    '01-31',
    '02-28',
    '03-31',
    '04-30',
    '05-31',
    '06-30',
    '07-31',
    '08-31',
    '09-30',
    '10-31',
    '11-30',
    '12-31',
  ]);
});

it('leaves the 366th day to the next report when the year includes 29 February', () => {
  expect(periodsOf('2027-03-01').at(-1)?.last).toBe('2028-02-28');
});
