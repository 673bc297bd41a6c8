/** Places where two zones are in use. */
import { describe, expect, it } from 'vitest';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import { birthOf, type Case, places } from './local-births.ts';

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
