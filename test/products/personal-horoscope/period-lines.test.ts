import { describe, expect, it } from 'vitest';
import type { PeriodFacts, Transit } from '../../../src/domain/sky.ts';
import {
  periodLines,
  periodParagraph,
} from '../../../src/products/personal-horoscope/v1/period-lines.ts';

const transit: Transit = {
  transiting: 'Saturn',
  aspect: 'square',
  natal: 'Asc',
  begins: '2026-03-01T12:00:00Z',
  exact: ['2026-04-14T12:00:00Z', '2026-09-02T23:30:00Z'],
  ends: '2026-10-08T12:00:00Z',
  house: 7,
};
const week: PeriodFacts = {
  period: { id: 'w03', kind: 'week', number: 3, first: '2026-04-12', last: '2026-04-18' },
  moon: { sign: 'Libra', degree: 12.1, phase: 'Full Moon', house: 5 },
  transits: [transit],
  events: [
    {
      kind: 'lunation',
      at: '2026-04-14T23:12:00Z',
      body: 'Moon',
      text: 'Full Moon in Libra',
      house: 4,
    },
  ],
};

describe('a period’s sky in print', () => {
  it('has the place in the year, the Moon, transits with their days, and events', () => {
    expect(periodParagraph(week, 'UTC')).toBe(
      "Week 3 of 52 · Moon in Libra 12°06', Full Moon, 5th house · Saturn square natal Ascendant 1 Mar – 8 Oct 2026, exact 14 Apr and 2 Sep · Full Moon in Libra, 14 Apr 2026",
    );
  });

  it('uses dates in the reader’s time zone', () => {
    expect(periodParagraph(week, 'Europe/Berlin')).toMatch(/and 3 Sep · .*, 15 Apr 2026$/);
  });

  it('prints both years if there are two, one day if there is one, and no exact day if there is none', () => {
    const print = (change: Partial<Transit>) =>
      periodParagraph({ ...week, events: [], transits: [{ ...transit, ...change }] }, 'UTC');
    expect(print({ ends: '2027-01-08T12:00:00Z', exact: [] })).toMatch(/ 1 Mar 2026 – 8 Jan 2027$/);
    expect(print({ ends: transit.begins })).toMatch(/ Ascendant 1 Mar 2026$/);
  });

  it('prints only as many transits as the page has room for', () => {
    const full = { ...week, transits: Array<Transit>(20).fill(transit) };
    expect(periodParagraph(full, 'UTC').match(/Saturn/g)).toHaveLength(5);
  });
});

describe('a period’s sky in a prompt', () => {
  it('has every transit and event on a line of its own', () => {
    const full = { ...week, transits: Array<Transit>(12).fill(transit) };
    expect(periodLines(full, 'UTC')).toHaveLength(1 + 12 + 1);
  });

  it('leaves the Moon out when it crosses every sign', () => {
    const month: PeriodFacts = { ...week, period: { ...week.period, kind: 'month' } };
    expect(periodLines(week, 'UTC')[0]).toMatch(/^At noon of 12 April 2026: Moon in Libra/);
    expect(periodLines(month, 'UTC')[0]).toMatch(/^Saturn/);
    expect(periodParagraph(month, 'UTC')).not.toContain('Moon in Libra 12');
  });
});
