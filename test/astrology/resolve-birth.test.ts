import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { birthDay, resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { Birth } from '../../src/domain/birth.ts';
import { InvalidInput } from '../../src/domain/errors.ts';
import { readJson } from './reference.ts';

const { cases } = z
  .object({
    cases: z.array(
      z.object({
        id: z.string(),
        local: z.string(),
        tz: z.string(),
        lat: z.number(),
        lng: z.number(),
        status: z.enum(['ok', 'ambiguous']),
        utc: z.string().optional(),
        utc_candidates: z.array(z.string()).optional(),
        offset_s: z.number().optional(),
        reason: z.string(),
      }),
    ),
  })
  .parse(readJson('births.json'));

describe('births at unusual clock times', () => {
  it.each(cases)(
    '$id: $reason',
    ({ local, tz, lat, lng, status, utc, utc_candidates, offset_s }) => {
      const [date = '', time = ''] = local.split('T');
      const place = { name: 'there', latitude: lat, longitude: lng, timeZone: tz };
      const birth = birthOf({ date, time, place }, tz);
      if (status === 'ok') {
        expect(resolveBirth(birth)).toMatchObject({ utc, offsetSeconds: offset_s });
        return;
      }
      expect(refusalOf(birth)).toMatchObject({ code: 'ambiguous_birth', field: 'birth.fold' });
      const chosen = (['earlier', 'later'] as const).map((fold) =>
        resolveBirth({ ...birth, fold }),
      );
      expect(chosen.map((one) => one.utc)).toEqual(utc_candidates);
    },
  );

  // wartime and summer time that Node's own data takes from a neighbouring zone
  it.each([
    ['Europe/Amsterdam', '1935-06-15', '12:00', '1935-06-15T10:40:28Z'],
    ['Europe/Stockholm', '1943-07-01', '12:00', '1943-07-01T11:00:00Z'],
    ['Europe/Copenhagen', '1947-06-15', '12:00', '1947-06-15T10:00:00Z'],
    ['Europe/Oslo', '1960-07-01', '12:00', '1960-07-01T10:00:00Z'],
    ['Europe/London', '1944-06-06', '12:00', '1944-06-06T10:00:00Z'],
  ])('%s %s %s was %s', (tz, date, time, utc) => {
    expect(resolveBirth(birthOf({ date, time }, tz)).utc).toBe(utc);
  });
});

describe('times that never existed', () => {
  it('are refused with the nearest two times that did', () => {
    const [issue] = issuesOf(birthOf({ date: '2024-03-31', time: '01:30' }, 'Europe/London'));
    expect(issue?.field).toBe('birth.time');
    expect(issue?.message).toContain('2024-03-31 00:59 and 2024-03-31 02:00');
  });

  it('are refused on a day that the calendar skipped', () => {
    const [issue] = issuesOf(birthOf({ date: '2011-12-30', time: '12:00' }, 'Pacific/Apia'));
    expect(issue?.field).toBe('birth.date');
    expect(issue?.message).toContain('2011-12-29 23:59 and 2011-12-31 00:00');
  });
});

describe('an unknown time', () => {
  it('is resolved to local noon, within the bounds of the civil day', () => {
    const birth = birthOf({ date: '1990-06-15', time: null }, 'Europe/London');
    expect(resolveBirth(birth).utc).toBe('1990-06-15T11:00:00Z');
    expect(birthDay(resolveBirth(birth))).toEqual({
      from: '1990-06-14T23:00:00Z',
      to: '1990-06-15T23:00:00Z',
    });
  });

  it('has a day of 23 hours when clocks went forward', () => {
    const birth = birthOf({ date: '2024-03-31', time: null }, 'Europe/Berlin');
    expect(birthDay(resolveBirth(birth))).toEqual({
      from: '2024-03-30T23:00:00Z',
      to: '2024-03-31T22:00:00Z',
    });
  });
});

describe('bad input', () => {
  it.each([
    [{ date: '1990-02-29' }, 'birth.date', 'leap year'],
    [{ date: '1799-12-31' }, 'birth.date', '1800'],
    [{ date: '2101-01-01' }, 'birth.date', '2100'],
    [{ date: '15.06.1990' }, 'birth.date', '1990-06-15'],
    [{ date: '1990-13-01' }, 'birth.date', 'calendar'],
    [{ time: '25:00' }, 'birth.time', '07:45'],
    [{ time: '24:00' }, 'birth.time', '23:59'],
    [{ time: '7:5' }, 'birth.time', 'HH:MM'],
    [{ date: '1900-02-29' }, 'birth.date', 'birth.calendar "old"'],
    [{ date: '1900-02-30', calendar: 'old' }, 'birth.date', 'calendar'],
    [{ utcOffset: '+16:01' }, 'birth.utcOffset', '+16:00'],
    [{ utcOffset: '8' }, 'birth.utcOffset', '+08:00'],
  ] as [Partial<Birth>, string, string][])(
    '%o is refused, naming %s and what is allowed',
    (wrong, field, allowed) => {
      const [issue, ...others] = issuesOf(birthOf(wrong, 'Europe/London'));
      expect(issue?.field).toBe(field);
      expect(issue?.message).toContain(allowed);
      expect(others).toEqual([]);
    },
  );

  it.each([
    [{ latitude: 91 }, 'birth.place.latitude'],
    [{ longitude: -180.1 }, 'birth.place.longitude'],
    [{ longitude: Number.NaN }, 'birth.place.longitude'],
    [{ timeZone: 'Europe/Atlantis' }, 'birth.place.timeZone'],
    [{ timeZone: '+01:00' }, 'birth.place.timeZone'],
    [{ timeZone: '' }, 'birth.place.timeZone'],
  ])('a place with %o is refused, naming %s', (wrong, field) => {
    const birth = birthOf({}, 'Europe/London');
    expect(issuesOf({ ...birth, place: { ...birth.place, ...wrong } })[0]?.field).toBe(field);
  });

  it('reports everything that is wrong at once', () => {
    const fields = issuesOf(birthOf({ date: '1990-02-29', time: '25:00' }, 'Mars/Base'));
    expect(fields.map(({ field }) => field)).toEqual([
      'birth.date',
      'birth.time',
      'birth.place.timeZone',
    ]);
  });
});

function birthOf(given: Partial<Birth>, timeZone: string): Birth {
  return {
    name: 'Ada',
    date: '1990-06-15',
    time: '11:00',
    place: { name: 'there', latitude: 51.5, longitude: 0, timeZone },
    ...given,
  };
}

function issuesOf(birth: Birth) {
  const error = refusalOf(birth);
  if (error instanceof InvalidInput) return error.issues;
  throw error;
}

function refusalOf(birth: Birth): unknown {
  try {
    resolveBirth(birth);
  } catch (error) {
    return error;
  }
  throw new Error(`${birth.date} ${birth.time} was accepted`);
}
