/** House cusps and angles. Above the polar circle Placidus and Koch fall back to Porphyry. */
import {
  angles as anglesOf,
  housesCampanus,
  housesEqual,
  housesKoch,
  housesPlacidus,
  housesPorphyry,
  housesRegiomontanus,
} from 'caelus';
import type { HouseSystem, Zodiac } from '../domain/birth.ts';
import type { Angle } from '../domain/sky.ts';
import { normalise, signIndex } from './angle.ts';
import { openEphemeris, zodiacShift } from './ephemeris.ts';

const RADIAN = 180 / Math.PI;

export interface Houses {
  /** the system used, which differs from the one asked for above the polar circle */
  system: HouseSystem;
  /** longitudes of the twelve cusps, degrees */
  cusps: number[];
  angles: Record<Angle, number>;
}

export interface HousesInput {
  /** UT */
  jd: number;
  latitude: number;
  longitude: number;
  houseSystem: HouseSystem;
  zodiac: Zodiac;
}

export function computeHouses(input: HousesInput): Houses {
  const { jd, latitude, longitude, houseSystem, zodiac } = input;
  const [asc, mc, armc, obliquity] = anglesOf(openEphemeris().data, jd, latitude, longitude);
  const phi = latitude / RADIAN;
  // where the ecliptic's highest point never sets, Placidus and Koch are undefined
  const polar = Math.abs(phi) >= Math.PI / 2 - obliquity;
  const system =
    polar && (houseSystem === 'placidus' || houseSystem === 'koch') ? 'porphyry' : houseSystem;
  const shift = zodiacShift(jd, zodiac);
  const degrees = (radians: number) => normalise(radians * RADIAN - shift);
  const cusps = cuspsOf();
  // above the polar circle these two systems may count from the other end of the meridian
  const flips = system === 'regiomontanus' || system === 'campanus';
  const midheaven = flips ? (cusps[9] ?? degrees(mc)) : degrees(mc);
  return {
    system,
    cusps,
    angles: {
      Asc: degrees(asc),
      MC: midheaven,
      Dsc: normalise(degrees(asc) + 180),
      IC: normalise(midheaven + 180),
    },
  };

  function cuspsOf(): number[] {
    switch (system) {
      case 'whole_sign': {
        // by the sign of the zodiac in use, including the sidereal one
        const first = signIndex(degrees(asc)) * 30;
        return Array.from({ length: 12 }, (_, i) => normalise(first + 30 * i));
      }
      case 'equal':
        return housesEqual(asc).map(degrees);
      case 'porphyry':
        return housesPorphyry(asc, mc).map(degrees);
      case 'placidus':
        return housesPlacidus(armc, phi, obliquity).map(degrees);
      case 'koch':
        return housesKoch(armc, phi, obliquity).map(degrees);
      case 'regiomontanus':
        return housesRegiomontanus(armc, phi, obliquity).map(degrees);
      case 'campanus':
        return housesCampanus(armc, phi, obliquity).map(degrees);
    }
  }
}

/**
 * House 1-12 of a longitude, by cusp. Above the polar circle Regiomontanus and Campanus can run
 * clockwise, as in Swiss Ephemeris: a house then ends where the zodiac enters it.
 */
export function houseOf(longitude: number, cusps: readonly number[]): number {
  const nextOf = (i: number) => cusps[(i + 1) % cusps.length] ?? 0;
  const around = cusps.reduce((sum, cusp, i) => sum + normalise(nextOf(i) - cusp), 0);
  // twelve forward steps make one turn, twelve backward steps make eleven
  const clockwise = around > 6 * 360;
  const way = (from: number, to: number) => normalise(clockwise ? from - to : to - from);
  const house = cusps.findIndex((cusp, i) => way(cusp, longitude) < way(cusp, nextOf(i)));
  // rounding at a cusp can match no house: it is the house that begins there
  return house === -1 ? 12 : house + 1;
}
