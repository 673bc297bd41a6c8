import { describe, expect, it } from 'vitest';
import type { Transit } from '../../../src/domain/sky.ts';
import { eventLine, transitLine } from '../../../src/products/shared/sky-lines.ts';

const transit: Transit = {
  transiting: 'Saturn',
  aspect: 'square',
  natal: 'Asc',
  begins: '2026-03-01T12:00:00Z',
  exact: ['2026-04-14T12:00:00Z', '2026-09-02T23:30:00Z'],
  ends: '2026-10-08T12:00:00Z',
  house: 7,
};

describe('a transit’s line', () => {
  it('names both ends and every exact day', () => {
    expect(transitLine(transit, 'UTC')).toBe(
      'Saturn square natal Ascendant, 1 March – 8 October 2026, exact 14 Apr and 2 Sep; through the 7th house',
    );
  });

  it('counts days in the reader’s zone', () => {
    expect(transitLine(transit, 'Europe/Berlin')).toContain('exact 14 Apr and 3 Sep');
  });

  it('says so when it is never exact, and leaves the house out when it is not known', () => {
    expect(transitLine({ ...transit, exact: [], house: null }, 'UTC')).toBe(
      'Saturn square natal Ascendant, 1 March – 8 October 2026, never quite exact',
    );
  });

  it('is one date when it passes within a day', () => {
    const passing = { ...transit, begins: transit.exact[0] ?? '', ends: transit.exact[0] ?? '' };
    expect(transitLine(passing, 'UTC')).toBe(
      'Saturn square natal Ascendant, 14 April 2026; through the 7th house',
    );
  });

  it('gives both years when it runs into the next', () => {
    expect(transitLine({ ...transit, ends: '2027-01-08T12:00:00Z' }, 'UTC')).toContain(
      '1 March 2026 – 8 January 2027',
    );
  });
});

it('an event’s line carries the day in the reader’s zone', () => {
  const event = {
    kind: 'lunation',
    at: '2026-04-01T23:12:00Z',
    body: 'Moon',
    text: 'Full Moon in Libra',
    house: 4,
  } as const;
  expect(eventLine(event, 'UTC')).toBe('1 Apr: Full Moon in Libra; through the 4th house');
  expect(eventLine(event, 'Europe/Berlin')).toMatch(/^2 Apr: /);
});
