/** Place search: names in any usual spelling, most populous first. Data: GeoNames, CC BY 4.0. */
import { readFileSync } from 'node:fs';
import type { KnownPlace } from '../domain/birth.ts';
import type { Places } from '../domain/ports/sky.ts';
import { createAreaMatcher } from './place-areas.ts';
import { spellingsOf } from './place-spelling.ts';
import { decodePlaces, type PlaceTable } from './place-table.ts';

const FILE = new URL('./data/places.bin.gz', import.meta.url);
/** How many times more a place counts when its name is exactly the query. */
const EXACT = 10;
/** Longer than any name. The rest of a query is ignored. */
const QUERY_LIMIT = 120;

/**
 * Opens the search over 135,000 places. The table (about 10 MB) is read at the first query.
 *
 * A query is the beginning of a name, and may name the country or the American state:
 * "cordoba", "Cordoba, Argentina", "springfield il", "London, GB".
 */
export function openPlaces(): Places {
  let opened: PlaceTable | null = null;
  const table = () => {
    opened ??= decodePlaces(readFileSync(FILE));
    return opened;
  };
  return {
    search: (query, limit) => search(table(), query.slice(0, QUERY_LIMIT), limit),
    find: (id) => {
      const index = /^\d{1,10}$/.test(id) ? table().ids.indexOf(Number(id)) : -1;
      return index === -1 ? null : placeAt(table(), index);
    },
  };
}

function search(table: PlaceTable, query: string, limit: number): KnownPlace[] {
  for (const { name, area } of readingsOf(query)) {
    const inArea = area === null ? () => true : createAreaMatcher(table, area);
    const ranked = rank(table, name, inArea, limit);
    if (ranked.length > 0) return ranked.map((index) => placeAt(table, index));
  }
  return [];
}

/** What a query may mean, the likeliest first: all of it is a name, or its last words are an area. */
function readingsOf(query: string): { name: string; area: string | null }[] {
  const comma = query.indexOf(',');
  if (comma !== -1) {
    return [{ name: query.slice(0, comma), area: query.slice(comma + 1) }];
  }
  const words = query.trim().split(/\s+/);
  const splits = [1, 2, 3].filter((count) => count < words.length);
  return [
    { name: query, area: null },
    ...splits.map((count) => ({
      name: words.slice(0, -count).join(' '),
      area: words.slice(-count).join(' '),
    })),
  ];
}

/** Places by population. Exact names count more. Decodes no name. */
function rank(
  table: PlaceTable,
  name: string,
  inArea: (index: number) => boolean,
  limit: number,
): number[] {
  const best = new Map<number, number>();
  for (const spelling of spellingsOf(name)) {
    const start = firstKeyFrom(table, spelling);
    const exactEnd = firstKeyFrom(table, `${spelling}\0`);
    const end = firstKeyFrom(table, `${spelling}\uffff`);
    for (const index of mostPopulous(table, { start, end: exactEnd }, inArea, limit)) {
      best.set(index, EXACT * (1 + (table.populations[index] ?? 0)));
    }
    for (const index of mostPopulous(table, { start: exactEnd, end }, inArea, limit)) {
      best.set(index, Math.max(best.get(index) ?? 0, table.populations[index] ?? 0));
    }
  }
  return [...best]
    .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
    .slice(0, limit)
    .map(([index]) => index);
}

/** The first places that a range of keys names, which are the most populous. Each appears once. */
function mostPopulous(
  { placeOfKey }: PlaceTable,
  { start, end }: { start: number; end: number },
  inArea: (index: number) => boolean,
  limit: number,
): number[] {
  const found = new Set<number>();
  for (const index of placeOfKey.slice(start, end).sort()) {
    if (found.size === limit) break;
    if (inArea(index)) found.add(index);
  }
  return [...found];
}

/** The first key that is not before the text. */
function firstKeyFrom({ keys }: PlaceTable, text: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys.at(middle) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeAt(table: PlaceTable, index: number): KnownPlace {
  const region = table.regions[table.regionOf[index] ?? 0];
  return {
    id: String(table.ids[index]),
    name: table.names.at(index),
    country: table.countries[table.countryOf[index] ?? 0] ?? '',
    ...(region ? { region } : {}),
    latitude: (table.latitudes[index] ?? 0) / 1e5,
    longitude: (table.longitudes[index] ?? 0) / 1e5,
    timeZone: table.zones[table.zoneOf[index] ?? 0] ?? 'UTC',
    population: table.populations[index] ?? 0,
  };
}
