/** Local births drawn by a seed: places of the table by their population, days of 1850 to 2030, any minute. */
import { readFileSync } from 'node:fs';
import { decodePlaces } from '../../src/astrology/place-table.ts';
import { openPlaces } from '../../src/astrology/places.ts';
import type { AskedBirth } from '../../src/domain/birth.ts';

const FILE = new URL('../../src/astrology/data/places.bin.gz', import.meta.url);
const FIRST = Date.UTC(1850, 0, 1);
const LAST = Date.UTC(2031, 0, 1);
const MINUTE = 60_000;

export function drawBirths(count: number, seed: number): AskedBirth[] {
  const { ids, populations } = decodePlaces(readFileSync(FILE));
  const places = openPlaces();
  const draw = randomOf(seed);
  // by the square root: large cities are met often, and each village has its chance
  let sum = 0;
  const sums = Array.from(populations, (people) => {
    sum += Math.sqrt(people + 100);
    return sum;
  });
  return Array.from({ length: count }, () => {
    const index = firstAtLeast(sums, draw() * sum);
    const found = places.find(String(ids[index]));
    if (!found) throw new Error(`the table has no place ${ids[index]}`);
    const { name, latitude, longitude, timeZone, otherZone } = found;
    const at = FIRST + Math.floor((draw() * (LAST - FIRST)) / MINUTE) * MINUTE;
    const local = new Date(at).toISOString();
    return {
      name: '',
      date: local.slice(0, 10),
      time: local.slice(11, 16),
      place: { name, latitude, longitude, timeZone },
      ...(otherZone && { otherZone }),
    };
  });
}

function firstAtLeast(sums: readonly number[], wanted: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
