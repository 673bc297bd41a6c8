/** Apparent geocentric positions from caelus. Its data (15 MB) is read on first use. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  ayanamsa,
  type BodyId,
  type ChebData,
  Engine,
  type EngineData,
  jdTT,
  nutation,
  type Zodiac as ZodiacId,
} from 'caelus';
import { loadNodeData } from 'caelus/node';
import type { Zodiac } from '../domain/birth.ts';
import type { Body } from '../domain/sky.ts';
import { arc, normalise } from './angle.ts';

const CAELUS_ID: Record<Body, BodyId> = {
  Sun: 'sun',
  Moon: 'moon',
  Mercury: 'mercury',
  Venus: 'venus',
  Mars: 'mars',
  Jupiter: 'jupiter',
  Saturn: 'saturn',
  Uranus: 'uranus',
  Neptune: 'neptune',
  Pluto: 'pluto',
  Chiron: 'chiron',
  TrueNode: 'true_node',
  MeanNode: 'mean_node',
  Lilith: 'mean_lilith',
};
const AYANAMSA: Record<Exclude<Zodiac, 'tropical'>, string> = {
  lahiri: 'lahiri',
  fagan_bradley: 'fagan_bradley',
};
const RADIAN = 180 / Math.PI;

const require = createRequire(import.meta.url);
const caelus = require.resolve('caelus/package.json');
const { version } = require(caelus) as { version: string };

/** Name and version, as printed in reports. */
export const ephemerisName = `caelus ${version}`;

// Read-only tables: one copy per process.
let opened: Engine | null = null;
export function openEphemeris(): Engine {
  opened ??= new Engine(widened(loadNodeData(join(dirname(caelus), 'data'))));
  return opened;
}

/**
 * Extends caelus 0.23.0 to all the years that births may name. It refuses Chiron before 1850, is soon
 * half a degree off for Pluto before 1886, and is 10" off for the Moon outside 1920-2080.
 * Data: scripts/build-early-bodies.ts and scripts/build-moon.ts.
 */
function widened(data: EngineData): EngineData {
  const { chiron, moonCheb: moon } = data;
  if (!chiron || !moon) throw new Error('caelus has no data for Chiron or the Moon');
  const early = JSON.parse(readData('early-bodies.json').toString()) as {
    chiron: ChebData;
    pluto: ChebData;
  };
  const wide = JSON.parse(gunzipSync(readData('moon-wide.json.gz')).toString()) as {
    before: ChebData['segments'];
    after: ChebData['segments'];
  };
  return {
    ...data,
    chiron: { ...early.chiron, segments: [...early.chiron.segments, ...chiron.segments] },
    chebPacks: { ...data.chebPacks, pluto: early.pluto },
    moonCheb: {
      ...moon,
      jd0: moon.jd0 - wide.before.length * moon.seg_days,
      segments: [...wide.before, ...moon.segments, ...wide.after],
    },
  };
}

function readData(file: string): Buffer {
  return readFileSync(new URL(`./data/${file}`, import.meta.url));
}

/** Ecliptic longitude, true equinox of date, degrees 0-360; sidereal where asked. @param jd UT */
export function longitudeOf(body: Body, jd: number, zodiac: Zodiac): number {
  return openEphemeris().longitude(CAELUS_ID[body], jd, { zodiac: zodiacId(zodiac) });
}

/** Longitude and latitude in degrees, speed in longitude in degrees per day. @param jd UT */
export function positionOf(
  body: Body,
  jd: number,
  zodiac: Zodiac,
): { longitude: number; latitude: number; speed: number } {
  const longitude = longitudeOf(body, jd, zodiac);
  const [, latitude] = openEphemeris().ecliptic(CAELUS_ID[body], jdTT(jd));
  return {
    longitude,
    latitude: latitude * RADIAN + latitudeAberration(body, jd, latitude),
    speed: speedOf(body, jd, zodiac),
  };
}

/** Degrees to subtract from a tropical longitude of the true equinox. @param jd UT */
export function zodiacShift(jd: number, zodiac: Zodiac): number {
  if (zodiac === 'tropical') return 0;
  const jde = jdTT(jd);
  const [nutationInLongitude] = nutation(openEphemeris().data, jde);
  return normalise(nutationInLongitude * RADIAN + ayanamsa(jde, AYANAMSA[zodiac]));
}

/** Five-point derivative: caelus's own, over half a day, is off by 6" per day for the Moon. */
function speedOf(body: Body, jd: number, zodiac: Zodiac): number {
  const step = 0.1; // days
  const at = (steps: number) => longitudeOf(body, jd + steps * step, zodiac);
  return (8 * arc(at(-1), at(1)) - arc(at(-2), at(2))) / (12 * step);
}

/**
 * Annual aberration in latitude, degrees. caelus 0.23.0 leaves it out for Pluto and Chiron
 * (up to 6"). Meeus, Astronomical Algorithms, 2nd ed., 23.2, without the eccentricity term.
 */
function latitudeAberration(body: Body, jd: number, latitude: number): number {
  if (body !== 'Pluto' && body !== 'Chiron') return 0;
  const constant = 20.49552 / 3600;
  const away = arc(longitudeOf(body, jd, 'tropical'), longitudeOf('Sun', jd, 'tropical'));
  return -constant * Math.sin(latitude) * Math.sin(away / RADIAN);
}

function zodiacId(zodiac: Zodiac): ZodiacId {
  return zodiac === 'tropical' ? 'tropical' : `sidereal:${AYANAMSA[zodiac]}`;
}
