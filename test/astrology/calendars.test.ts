/** Changes of calendar and of the date line. */
import { describe, expect, it } from 'vitest';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { AmbiguousBirth, InvalidInput } from '../../src/domain/errors.ts';
import { birthOf, type Case, refusalOf } from './local-births.ts';

describe('days around a change of calendar or of the date line', () => {
  // the last day of the old calendar and the first of the new one, as the country's law has them
  it.each([
    ['Bucharest', '1919-04-05', '1919-04-18'],
    ['Belgrade', '1919-01-20', '1919-02-02'],
    ['Istanbul', '1917-02-20', '1917-03-05'],
    ['Tbilisi', '1918-04-20', '1918-05-03'],
    ['Yerevan', '1918-04-20', '1918-05-03'],
    ['Riga', '1918-02-05', '1918-02-18'],
    ['Kyiv', '1918-02-20', '1918-03-05'],
    ['Vladivostok', '1918-02-05', '1918-02-18'],
    ['Tirana', '1912-11-20', '1912-12-03'],
  ])('a day that no calendar of %s showed is asked about: %s or %s', (name, date, newStyle) => {
    const birth = birthOf({ date, time: '12:00', place: name });
    expect((refusalOf(birth) as AmbiguousBirth).message).toContain('no calendar of');
    expect(resolveBirth({ ...birth, calendar: 'old' }).newStyleDate).toBe(newStyle);
    expect(resolveBirth({ ...birth, calendar: 'new' })).not.toHaveProperty('newStyleDate');
  });

  it.each([
    ['Moscow, RU', '1918-02-14'],
    ['Athens, Greece', '1923-03-01'],
    ['Warsaw', '1900-01-01'],
    ['Helsinki', '1900-01-01'],
    ['Sarajevo', '1900-01-01'],
    ['Tokyo', '1873-01-01'],
    ['London, GB', '1850-01-01'],
  ])('nothing is asked where the Gregorian calendar was in use: %s %s', (name, date) => {
    expect(resolveBirth(birthOf({ date, time: '12:00', place: name })).calendar).toBeUndefined();
  });

  it.each([
    ['Tokyo', '1872-12-15'],
    ['Beijing', '1911-06-01'],
    ['Seoul', '1895-06-01'],
    ['Cairo', '1870-06-01'],
  ])(
    'a date of a calendar that followed the Moon has to be converted first: %s %s',
    (name, date) => {
      const birth = birthOf({ date, time: '12:00', place: name });
      const { choices } = refusalOf(birth) as AmbiguousBirth;
      expect(choices.map(({ value }) => value)).toEqual(['new']);
      const old = refusalOf({ ...birth, calendar: 'old' }) as InvalidInput;
      expect(old.issues[0]?.message).toContain('Gregorian');
      expect(resolveBirth({ ...birth, calendar: 'new' }).utc).toBe(choices[0]?.utc);
    },
  );

  // laws and comments in tzdb
  it.each([
    ['Pacific/Apia', -13.83, -171.77, '2011-12-30'],
    ['Pacific/Fakaofo', -9.38, -171.22, '2011-12-30'],
    ['Pacific/Kwajalein', 8.72, 167.73, '1993-08-21'],
    ['Pacific/Kiritimati', 1.87, -157.4, '1994-12-31'],
    ['Asia/Manila', 14.6, 120.98, '1844-12-31'],
  ])('a day that was skipped at the date line is refused: %s %s %s %s', (zone, lat, lng, date) => {
    const error = refusalOf(birthOf({ date, time: '12:00', at: [zone, lat, lng] }));
    expect((error as InvalidInput).issues[0]?.field).toBe('birth.date');
  });

  it('a day that came twice is asked about: American Samoa in 1892', () => {
    const at: Case['at'] = ['Pacific/Pago_Pago', -14.278, -170.7];
    const birth = birthOf({ date: '1892-07-04', time: '12:00', at });
    const { field, choices } = refusalOf(birth) as AmbiguousBirth;
    expect(field).toBe('birth.fold');
    const [first = 0, second = 0] = choices.map(({ utc }) => Date.parse(utc));
    expect(second - first).toBe(86_400_000);
  });
});
