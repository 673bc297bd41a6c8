/**
 * The sky: the largest difference per body from the Swiss Ephemeris figures in the tests, the time for
 * a chart and for a report year's 431 fact packs, and the place search's time and memory.
 */
import { computeChart } from '../src/astrology/chart.ts';
import { gatherFacts } from '../src/astrology/gather-facts.ts';
import { openPlaces } from '../src/astrology/places.ts';
import { resolveBirth } from '../src/astrology/resolve-birth.ts';
import { BODIES } from '../src/domain/sky.ts';
import { arcseconds, readRows } from '../test/astrology/reference.ts';

const WHERE = {
  timeKnown: true,
  latitude: 51.5074,
  longitude: -0.1278,
  houseSystem: 'placidus',
  zodiac: 'tropical',
} as const;
const QUERIES = ['c', 'co', 'cordoba', 'münchen', 'springfield, il', 'san', 's', 'paris texas'];

export async function run(): Promise<void> {
  const before = process.memoryUsage().rss;
  const places = openPlaces();
  places.search('london', 1);
  const placesMegabytes = (process.memoryUsage().rss - before) / 1e6;
  const [place] = places.search('london, gb', 1).places;
  if (!place) throw new Error('London is not in the table of places');

  const worst = worstDifferences();
  for (const [body, { longitude, latitude }] of Object.entries(worst)) {
    console.log(`${body.padEnd(9)} longitude ${longitude}"  latitude ${latitude}"`);
  }
  const birth = resolveBirth({ name: 'Ada', date: '1990-06-15', time: '11:00', place });
  const subject = {
    birth,
    reportYear: { startDate: '2026-01-01', timeZone: place.timeZone },
    houseSystem: 'placidus',
    zodiac: 'tropical',
  } as const;
  const figures = {
    chartCpuMs: medianCpuMs(20, () => computeChart({ utc: birth.utc, ...WHERE })),
    yearCpuMs: medianCpuMs(5, () => gatherFacts(subject, { periods: true })),
    placesMedianMs: medianMs(Array.from({ length: 50 }, () => QUERIES).flat(), (query) =>
      places.search(query, 10),
    ),
    placesMegabytes: round(placesMegabytes),
    worstArcseconds: worst,
  };
  console.log(JSON.stringify(figures));
}

function worstDifferences(): Record<string, { longitude: number; latitude: number }> {
  const rows = readRows('positions.csv');
  return Object.fromEntries(
    BODIES.map((body) => {
      const own = rows.filter((row) => row.body === (body === 'Lilith' ? 'MeanLilith' : body));
      const off = own.map(({ utc = '', lon_deg, lat_deg }) => {
        const found = computeChart({ utc, ...WHERE }).bodies[body];
        return {
          longitude: arcseconds(found.longitude, Number(lon_deg)),
          latitude: arcseconds(found.latitude, Number(lat_deg)),
        };
      });
      const most = (name: 'longitude' | 'latitude') =>
        round(Math.max(...off.map((one) => one[name])));
      return [body, { longitude: most('longitude'), latitude: most('latitude') }];
    }),
  );
}

/** CPU time of this process, so that other work on the machine does not count. */
function medianCpuMs(rounds: number, work: () => void): number {
  work();
  return median(
    Array.from({ length: rounds }, () => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

function medianMs<T>(inputs: readonly T[], work: (input: T) => void): number {
  return median(
    inputs.map((input) => {
      const start = performance.now();
      work(input);
      return performance.now() - start;
    }),
  );
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
