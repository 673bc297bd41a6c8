/** Countries, regions and districts, as people write them after a place's name. */
import { foldName } from './place-spelling.ts';
import type { PlaceTable } from './place-table.ts';
import { rangesOf } from './place-texts.ts';

/** Says whether a place, by its index, is in an area. */
export type InArea = (index: number) => boolean;

/** Words around the name of an area that add nothing to it: "County Cork", "Москва область". */
const AFFIXES =
  /^(county|co|province|prov|state|region|republic|department|isle|island) (of )?|( (county|province|state|region|prefecture|oblast|krai|governorate|department|district|область|область|край))$/g;
/** A large city names the area around it: "Brixton, London". Degrees of latitude, about 45 km. */
const NEAR_DEGREES = 0.4;
const LARGE = 100_000;
/** In bytes, which a Chinese letter has three of. "Ca" and "Geo" are short forms, and beginnings of many names. */
const WHOLE_NAME = 4;
/** As long as a name that is cut short on purpose: "Calif". */
const CUT_SHORT = 5;
/** How many large cities of one name are looked at. */
const CITIES = 5;

/**
 * Whether places are in an area: a country, region or district by any usual name or short form, or the
 * surroundings of a large city. Names may be cut short after three letters.
 * @returns null when nothing is called so
 */
export function areaNamed(table: PlaceTable, text: string): InArea | null {
  const folded = foldName(text);
  if (folded === '') return null;
  const names = [folded, folded.replace(AFFIXES, '')];
  const around = names.flatMap((name) => largeCitiesNamed(table, name));
  const named = names
    .map((name) => namedAreas(table, name, 'exact'))
    .find((areas) => areas.size > 0);
  // "Ore" is a district somewhere, and short for Oregon
  const cut = folded.length <= CUT_SHORT || !(named || around.length > 0);
  const areas = new Set([...(named ?? []), ...(cut ? namedAreas(table, folded, 'begun') : [])]);
  if (areas.size === 0 && around.length === 0) return null;
  return (index) =>
    isWithin(table, index, areas) || around.some((city) => isNear(table, index, city));
}

/** Whether a text is the whole name of an area. Short forms are too short to say. */
export function isAreaNamed(table: PlaceTable, text: string): boolean {
  const folded = foldName(text);
  return Buffer.byteLength(folded) >= WHOLE_NAME && namedAreas(table, folded, 'exact').size > 0;
}

/** Whether a text names a country, or an area and no large city in it: too wide to stand in for a place. */
export function isOnlyArea(table: PlaceTable, text: string): boolean {
  const folded = foldName(text);
  const areas = [...namedAreas(table, folded, 'exact')];
  if (areas.some((area) => area < table.countries.length)) return true;
  return areas.length > 0 && largeCitiesNamed(table, folded).length === 0;
}

/** Whether a text names a large city, and no country or region that would be too wide to stand in for it. */
export function isCityNamed(table: PlaceTable, text: string): boolean {
  const folded = foldName(text);
  const wide = [...namedAreas(table, folded, 'exact')].some(
    (area) => (table.parentOf[area] ?? 0) < table.countries.length,
  );
  return !wide && largeCitiesNamed(table, folded).length > 0;
}

function namedAreas(table: PlaceTable, name: string, how: 'exact' | 'begun'): Set<number> {
  if (name === '' || (how === 'begun' && [...name].length < 3)) return new Set();
  const { exact, longer } = rangesOf(table.areaKeys, name);
  const { start, end } = how === 'exact' ? exact : longer;
  return new Set(table.areaOfKey.subarray(start, end));
}

function isWithin(table: PlaceTable, index: number, areas: ReadonlySet<number>): boolean {
  let area = table.areaOf[index] ?? 0;
  while (area !== 0) {
    if (areas.has(area)) return true;
    area = table.parentOf[area] ?? 0;
  }
  return false;
}

function largeCitiesNamed(table: PlaceTable, name: string): number[] {
  const { exact } = rangesOf(table.keys, name);
  return [...table.placeOfKey.subarray(exact.start, exact.end)]
    .map((value) => value >> 1)
    .filter((index) => (table.populations[index] ?? 0) >= LARGE)
    .slice(0, CITIES);
}

function isNear(table: PlaceTable, index: number, city: number): boolean {
  const degrees = (values: Int32Array) => ((values[index] ?? 0) - (values[city] ?? 0)) / 1e5;
  const north = degrees(table.latitudes);
  const stretch = Math.cos(((table.latitudes[city] ?? 0) / 1e5) * (Math.PI / 180));
  return Math.hypot(north, degrees(table.longitudes) * stretch) < NEAR_DEGREES;
}
