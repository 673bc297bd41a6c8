/**
 * The place search: 200 queries as people type them, over 73 countries, with the right place written
 * down beforehand (place-queries.txt). Hits, the median and the worst time of a query, and memory.
 */
import { readFileSync } from 'node:fs';
import { foldName } from '../src/astrology/place-spelling.ts';
import { openPlaces } from '../src/astrology/places.ts';
import type { KnownPlace } from '../src/domain/birth.ts';
import type { Places } from '../src/domain/ports/sky.ts';

/** Each query runs so often. */
const ROUNDS = 5;
/** Short beginnings match the most names. */
const BEGINNINGS = ['s', 'sa', 'san', 'b', 'ba', 'сан', 'al', 'a, china', 'xqzzyqzz, usa'];

export async function run(): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const places = openPlaces();
  places.search('london', 1);
  const loadMs = performance.now() - start;
  const rows = readQueries();
  const ranks = rows.map(({ query, names, country }) => {
    const found = places.search(query, 8).places;
    const right = (place: KnownPlace) =>
      place.country === country && names.includes(foldName(place.name));
    const rank = found.findIndex(right) + 1;
    if (rank !== 1) {
      const first = found[0] ? `${found[0].name}, ${found[0].country}` : 'nothing';
      console.log(`${query}: ${rank === 0 ? 'not found' : `at ${rank}`}; first is ${first}`);
    }
    return rank;
  });
  const queries = [...rows.map(({ query }) => query), ...BEGINNINGS];
  const times = Array.from({ length: ROUNDS }, () => queries.map((query) => time(places, query)));
  const wall = times
    .flat()
    .map((one) => one.wallMs)
    .toSorted((a, b) => a - b);
  const cpu = times.flat().map((one) => one.cpuMs);
  console.log(
    JSON.stringify({
      queries: rows.length,
      countries: new Set(rows.map(({ country }) => country)).size,
      hitsAt1: ranks.filter((rank) => rank === 1).length,
      hitsAt3: ranks.filter((rank) => rank >= 1 && rank <= 3).length,
      medianMs: round(wall[Math.floor(wall.length / 2)] ?? 0),
      worstMs: round(wall.at(-1) ?? 0),
      worstCpuMs: round(Math.max(...cpu)),
      loadMs: round(loadMs),
      megabytes: round((process.memoryUsage().rss - before) / 1e6),
    }),
  );
}

function readQueries(): { query: string; names: string[]; country: string }[] {
  return readFileSync(new URL('place-queries.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [query = '', names = '', country = ''] = line.split('|');
      return { query, names: names.split('/').map(foldName), country };
    });
}

/** CPU time too: other work on the machine does not count there. */
function time(places: Places, query: string): { wallMs: number; cpuMs: number } {
  const start = performance.now();
  const usage = process.threadCpuUsage();
  places.search(query, 8);
  const { user, system } = process.threadCpuUsage(usage);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
