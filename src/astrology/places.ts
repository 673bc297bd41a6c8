/** Place search: any usual name in any script, most populous first. Data: GeoNames, CC BY 4.0. */
import { readFileSync } from 'node:fs';
import type { KnownPlace } from '../domain/birth.ts';
import type { FoundPlaces, Places } from '../domain/ports/sky.ts';
import { areaNamed, isAreaNamed, isCityNamed, isOnlyArea } from './place-areas.ts';
import { exactly, exactOrBegun, oneErrorOff } from './place-ranks.ts';
import { type Reading, readingsOf, readingsWithout, readingWithoutName } from './place-readings.ts';
import { decodePlaces, type PlaceTable } from './place-table.ts';
import { otherZoneOf } from './shared-zones.ts';

const FILE = new URL('./data/places.bin.gz', import.meta.url);
/** Longer than any name. The rest of a query is ignored. */
const QUERY_LIMIT = 120;

/**
 * Opens the search over 235,000 places. The table (about 25 MB) is read at the first query.
 *
 * A query is a name or its beginning, in any script and with at most one typing error. It may name
 * country, region, district or a large city near by: "cordoba", "Cordoba, Argentina", "springfield il",
 * "Brixton, London", "München, Bayern". A part after a comma that fits nothing is left out, and named;
 * so are words at the end: "Lyon Narnia".
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

type Rank = typeof exactly;

function search(table: PlaceTable, query: string, limit: number): FoundPlaces {
  if (isAreaNamed(table, query) && exactly(table, query, () => true, 1).length === 0) {
    return { places: largestIn(table, query, limit), ignored: null };
  }
  const whole = readingsOf(query);
  const partly = readingsWithout(query);
  const rest = withoutName(table, query);
  // "Altstadt, Dresden": a part of a city that is not known is not the place of that name far away
  const inCity = rest.filter(({ name }) => isCityNamed(table, name));
  const finished = query.includes(',') ? whole : [];
  const found =
    firstFound(table, finished, exactly, limit) ??
    firstFound(table, whole, exactOrBegun, limit) ??
    firstFound(table, whole, oneErrorOff, limit) ??
    firstFound(table, inCity, exactly, limit) ??
    firstFound(table, partly, exactly, limit) ??
    firstFound(table, rest, exactly, limit) ??
    firstFound(table, partly, exactOrBegun, limit) ??
    firstFound(table, partly, oneErrorOff, limit);
  return found ?? { places: [], ignored: null };
}

/** A place that is not known, near one that is: "Tinyville, Lyon, France". A country or region alone is too far. */
function withoutName(table: PlaceTable, query: string): Reading[] {
  const reading = readingWithoutName(query);
  return reading && !isOnlyArea(table, reading.name) ? [reading] : [];
}

/** Of an area that a person names instead of a place, the largest places: "Bavaria". */
function largestIn(table: PlaceTable, area: string, limit: number): KnownPlace[] {
  const inArea = areaNamed(table, area);
  const found: KnownPlace[] = [];
  for (let index = 0; inArea && found.length < limit && index < table.ids.length; index += 1) {
    if (inArea(index)) found.push(placeAt(table, index));
  }
  return found;
}

function firstFound(
  table: PlaceTable,
  readings: readonly Reading[],
  rank: Rank,
  limit: number,
): FoundPlaces | null {
  for (const { name, areas, ignored } of readings) {
    const tests = areas.map((area) => areaNamed(table, area));
    const known = tests.filter((test) => test !== null);
    if (known.length === tests.length) {
      const ranked = rank(table, name, (index) => known.every((test) => test(index)), limit);
      if (ranked.length > 0) {
        return { places: ranked.map((index) => placeAt(table, index)), ignored };
      }
    }
  }
  return null;
}

function placeAt(table: PlaceTable, index: number): KnownPlace {
  const areas = areasOf(table, index);
  const region = areas.at(-2);
  const place = {
    id: String(table.ids[index]),
    name: table.names.at(index),
    country: table.countries[areas.at(-1) ?? 0] ?? '',
    region: region === undefined ? null : table.areas.at(region),
    latitude: (table.latitudes[index] ?? 0) / 1e5,
    longitude: (table.longitudes[index] ?? 0) / 1e5,
    timeZone: table.zones[table.zoneOf[index] ?? 0] ?? 'UTC',
    population: table.populations[index] || null,
  };
  const otherZone = otherZoneOf(place);
  return otherZone === undefined ? place : { ...place, otherZone };
}

/** The areas of a place, the smallest first and its country last. */
function areasOf({ areaOf, parentOf }: PlaceTable, index: number): number[] {
  const areas: number[] = [];
  for (let area = areaOf[index] ?? 0; area !== 0; area = parentOf[area] ?? 0) areas.push(area);
  return areas;
}
