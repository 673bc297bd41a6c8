/**
 * Writes src/astrology/data/shared-zones.json: the places of the table that lie in two time zones at once (Xinjiang, parts
 * of the West Bank, Abkhazia), by the zone's boundaries in `geo-tz`. Run it after build-places.ts. Usage: node scripts/build-shared-zones.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { find } from 'geo-tz/all';
import { decodePlaces } from '../src/astrology/place-table.ts';

const DATA = new URL('../src/astrology/data/', import.meta.url);
const table = decodePlaces(readFileSync(new URL('places.bin.gz', DATA)));
const shared = new Map<string, number[]>();
table.ids.forEach((id, index) => {
  const zone = table.zones[table.zoneOf[index] ?? 0] ?? '';
  const latitude = (table.latitudes[index] ?? 0) / 1e5;
  const longitude = (table.longitudes[index] ?? 0) / 1e5;
  const found = find(latitude, longitude);
  const other = found.find((each) => each !== zone);
  if (other === undefined || !found.includes(zone)) return;
  shared.set(other, [...(shared.get(other) ?? []), id]);
});
const lines = [...shared]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([zone, ids]) => `${JSON.stringify(zone)}:${JSON.stringify(ids.toSorted((a, b) => a - b))}`);
writeFileSync(new URL('shared-zones.json', DATA), `{\n${lines.join(',\n')}\n}\n`);
console.log([...shared].map(([zone, ids]) => `${zone} ${ids.length}`).join(', '));
