/** Places where two zones are in use. */
import { describe, expect, it } from 'vitest';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { AmbiguousBirth } from '../../src/domain/errors.ts';
import { birthOf, type Case, places, refusalOf } from './local-births.ts';

describe('a place with two zones', () => {
  const shared = [
    'Ürümqi',
    'Kashgar',
    'Aqsu',
    'Korla',
    'Karamay',
    'Shihezi',
    'Ghulja',
    'Hami, China',
    'Sokhumi',
    'Gagra',
    'Gudauta',
    'Tskhinvali',
    'Simferopol',
    'Sevastopol',
    'Yalta, Ukraine',
    'Kerch',
    'Feodosiya',
    'Donetsk, Ukraine',
    'Luhansk',
    'Horlivka',
    'Makiivka',
    'Alchevsk',
    'Mariupol',
    'Melitopol',
    'Berdyansk',
    'Kherson',
    'Stepanakert',
    'Katzrin',
    'Modiin Ilit',
    'Hebron, Palestine',
    'Ramallah',
    'Nablus',
    'Famagusta',
    'Kyrenia',
    "Hala'ib",
    'Phenix City',
    'Abyei',
  ];

  it.each(shared)('is known as one: %s', (name) => {
    const [found] = places.search(name, 1).places;
    expect(found?.otherZone?.timeZone).toMatch(/\//);
    expect(found?.otherZone?.timeZone).not.toBe(found?.timeZone);
  });

  it.each([
    'Beijing',
    'Lanzhou',
    'Tbilisi',
    'Batumi',
    'Moscow, RU',
    'Sochi',
    'Kyiv',
    'Kharkiv',
    'Dnipro',
    'Kramatorsk',
    'Tel Aviv',
    'Haifa',
    'Larnaca',
    'Pristina',
    'Leh',
    'Yerevan',
    'Baku',
    'Columbus, Georgia',
    'Montgomery, Alabama',
  ])('is not claimed where nobody disagrees: %s', (name) => {
    const [found] = places.search(name, 1).places;
    expect(
      found?.otherZone?.from?.startsWith('2022') ? undefined : found?.otherZone,
    ).toBeUndefined();
  });

  // offsets from tzdb
  it.each([
    ['Sevastopol', '2016-01-15', { 'Europe/Simferopol': 9, 'Europe/Kyiv': 10 }],
    ['Kherson', '2022-07-15', { 'Europe/Kyiv': 9, 'Europe/Moscow': 9 }],
    ['Kherson', '2022-11-15', { 'Europe/Kyiv': 10, 'Europe/Moscow': 9 }],
    ['Famagusta', '2017-01-15', { 'Asia/Famagusta': 9, 'Asia/Nicosia': 10 }],
    ['Stepanakert', '2014-07-15', { 'Asia/Baku': 7, 'Asia/Yerevan': 8 }],
    ['Hebron, Palestine', '2010-09-01', { 'Asia/Hebron': 10, 'Asia/Jerusalem': 9 }],
    ["Hala'ib", '2005-01-15', { 'Africa/Cairo': 10, 'Africa/Khartoum': 9 }],
    ['Phenix City', '1990-01-15', { 'America/New_York': 17, 'America/Chicago': 18 }],
  ])(
    'has the choices of its day, and no question if they are the same: %s on %s',
    (name, date, hours) => {
      const birth = birthOf({ date, time: '12:00', place: name });
      const instants = Object.entries(hours).map(([zone, hour]) => [
        zone,
        `${date}T${String(hour).padStart(2, '0')}:00:00Z`,
      ]);
      if (new Set(Object.values(hours)).size === 1) {
        expect(resolveBirth(birth).utc).toBe(instants[0]?.[1]);
        return;
      }
      const { field, choices } = refusalOf(birth) as AmbiguousBirth;
      expect(field).toBe('birth.place.timeZone');
      expect(choices.map(({ value, utc }) => [value, utc])).toEqual(instants);
    },
  );

  it('is asked about when the time is unknown too, because the day begins earlier in one of them', () => {
    const birth = birthOf({ date: '1990-01-15', time: '', place: 'Ürümqi, CN' });
    expect((refusalOf({ ...birth, time: null }) as AmbiguousBirth).field).toBe(
      'birth.place.timeZone',
    );
  });

  it('is not asked about while the two agree', () => {
    const birth = birthOf({ date: '1970-01-15', time: '12:00', place: 'Donetsk, Ukraine' });
    expect(resolveBirth(birth).utc).toBe('1970-01-15T09:00:00Z');
    const before = birthOf({ date: '1900-01-15', time: '12:00', place: 'Ürümqi, CN' });
    expect(resolveBirth({ ...before, calendar: 'new' }).clock).toBe('local_mean_time');
  });

  it('is not asked about by coordinates with a zone of their own', () => {
    const at: Case['at'] = ['Asia/Shanghai', 43.8, 87.6];
    expect(resolveBirth(birthOf({ date: '1990-01-15', time: '12:00', at })).utc).toBe(
      '1990-01-15T04:00:00Z',
    );
  });
});
