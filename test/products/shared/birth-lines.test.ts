import { expect, it } from 'vitest';
import { resolveBirth } from '../../../src/astrology/resolve-birth.ts';
import type { Birth, Subject } from '../../../src/domain/birth.ts';
import { birthLine, reckoningLine } from '../../../src/products/shared/birth-lines.ts';

const ULM = { name: 'Ulm', latitude: 48.39841, longitude: 9.99155, timeZone: 'Europe/Berlin' };
const MOSCOW = {
  name: 'Moscow',
  latitude: 55.75222,
  longitude: 37.61556,
  timeZone: 'Europe/Moscow',
};
const BRESLAU = { name: 'Wrocław', latitude: 51.1, longitude: 17.03333, timeZone: 'Europe/Warsaw' };
const HOUSTON = {
  name: 'Houston',
  latitude: 29.76328,
  longitude: -95.36327,
  timeZone: 'America/Chicago',
};

it('an old-style date is printed in both styles', () => {
  const subject = subjectOf({ date: '1918-02-05', calendar: 'old', place: MOSCOW });
  expect(birthLine(subject)).toBe(
    'Born 5 February 1918 (old style; 18 February 1918 in the new style) at 12:00 in Moscow',
  );
});

it('local mean time is called so, to the second', () => {
  const line = reckoningLine(subjectOf({ date: '1879-03-14', time: '11:30', place: ULM }));
  expect(line).toBe('48°24′ N, 9°59′ E · 1879-03-14 10:50 UTC (UTC+00:39:58, local mean time)');
});

it('an uncertain offset is said to be so, with the reason and the clock that was used', () => {
  const breslau = reckoningLine(subjectOf({ date: '1906-02-04', place: BRESLAU }));
  expect(breslau).toContain('(UTC+01:00, Europe/Berlin). The offset from UTC is uncertain: ');
  const houston = reckoningLine(subjectOf({ date: '1960-07-04', place: HOUSTON }));
  expect(houston).toContain('(UTC−06:00, America/Chicago without summer time). The offset');
});

it('an offset that the customer gave is not called uncertain', () => {
  const given = subjectOf({ date: '1960-07-04', utcOffset: '-05:00', place: HOUSTON });
  expect(reckoningLine(given)).toMatch(/\(UTC−05:00, as given\)$/);
});

it('an order from before these fields prints as it did', () => {
  const { birth, ...rest } = subjectOf({ date: '1990-06-15', place: ULM });
  const stored = { ...rest, birth: { ...birth, utc: '1879-03-14T10:36:32Z', offsetSeconds: 3208 } };
  expect(reckoningLine(stored)).toMatch(/10:36 UTC \(UTC\+00:53:28, Europe\/Berlin\)$/);
});

function subjectOf(birth: Partial<Birth> & Pick<Birth, 'date' | 'place'>): Subject {
  return {
    birth: resolveBirth({ name: 'Ada', time: '12:00', ...birth }),
    reportYear: { startDate: '2027-01-01', timeZone: 'UTC' },
    houseSystem: 'placidus',
    zodiac: 'tropical',
  };
}
