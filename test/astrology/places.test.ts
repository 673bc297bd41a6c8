import { describe, expect, it } from 'vitest';
import { openPlaces } from '../../src/astrology/places.ts';
import { isTimeZone } from '../../src/astrology/zone-offset.ts';

const places = openPlaces();
const first = (query: string) => places.search(query, 1)[0];

describe('place search', () => {
  it('finds the Córdobas of Argentina and of Spain, the larger first', () => {
    const [argentine, spanish] = places.search('cordoba', 5);
    expect(argentine).toMatchObject({ country: 'AR', timeZone: 'America/Argentina/Cordoba' });
    expect(spanish).toMatchObject({ country: 'ES', timeZone: 'Europe/Madrid' });
  });

  it.each([
    ['münchen', 'munich', 'Muenchen', 'MUNICH', 'munchen'],
    ['Wien', 'Vienna', 'wien'],
    ['Roma', 'Rome', 'Rom'],
    ['København', 'Copenhagen', 'Koebenhavn', 'Kopenhagen'],
    ['Köln', 'Koeln', 'Cologne'],
    ['Praha', 'Prague', 'Prag'],
    ['Göteborg', 'Gothenburg', 'Goeteborg'],
    ['Łódź', 'Lodz'],
    ['St Petersburg', 'Saint Petersburg', 'Leningrad'],
    ['New York', 'NYC', 'new york city'],
    ['St. Gallen', 'Sankt Gallen'],
    ['Kiev', 'Kyiv'],
    ['Århus', 'Aarhus'],
  ])('finds one city as %s', (...spellings) => {
    const ids = new Set(spellings.map((spelling) => first(spelling)?.id));
    expect([...ids]).toEqual([expect.stringMatching(/^\d+$/)]);
  });

  it('lists places of one name by population, with the state that tells them apart', () => {
    const found = places.search('springfield', 8);
    const populations = found.map(({ population }) => population);
    expect(populations).toEqual([...populations].sort((a, b) => b - a));
    expect(found.slice(0, 3).map(({ region }) => region)).toEqual(['MO', 'MA', 'IL']);
  });

  it.each([
    ['Córdoba, España', 'ES'],
    ['cordoba argentina', 'AR'],
    ['London, GB', 'GB'],
    ['London, UK', 'GB'],
    ['london, canada', 'CA'],
    ['Springfield, IL', 'US'],
    ['Paris, Texas, USA', 'US'],
  ])('understands the country in "%s"', (query, country) => {
    expect(first(query)).toMatchObject({ country });
  });

  it('finds nothing when no place has that name', () => {
    for (const query of ['xqzzy', '', '   ', ',', 'London, Narnia', '\0', '東京'.repeat(100)]) {
      expect(places.search(query, 5), query).toEqual([]);
    }
  });

  it('returns each place once, and no more than were asked for', () => {
    const ids = places.search('mun', 50).map(({ id }) => id);
    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(50);
  });

  it('finds a place again by its id', () => {
    const [munich] = places.search('munich', 1);
    expect(places.find(munich?.id ?? '')).toEqual(munich);
    for (const id of ['1', 'abc', '', '-1', '99999999999']) expect(places.find(id)).toBeNull();
  });

  it('gives every place coordinates and a known time zone', () => {
    for (const query of ['a', 'b', 's', 'x', 'z']) {
      for (const place of places.search(query, 200)) {
        expect(Math.abs(place.latitude)).toBeLessThanOrEqual(90);
        expect(Math.abs(place.longitude)).toBeLessThanOrEqual(180);
        expect(isTimeZone(place.timeZone), place.timeZone).toBe(true);
      }
    }
  });
});
