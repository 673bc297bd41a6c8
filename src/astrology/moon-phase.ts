/** The Moon's phase: the month in eight equal parts, each with a name and centred on its phase. */
import { normalise } from './angle.ts';

const NAMES = [
  'New Moon',
  'Waxing Crescent',
  'First Quarter',
  'Waxing Gibbous',
  'Full Moon',
  'Waning Gibbous',
  'Last Quarter',
  'Waning Crescent',
] as const;

/**
 * @param latitude of the Moon, degrees
 * @returns angle: the Moon's longitude minus the Sun's, 0-360 degrees; illumination: the lit share
 * of the disc, 0-1, as if the Sun were infinitely far (Meeus, Astronomical Algorithms, 48.1-2)
 */
export function moonPhase(
  sun: number,
  moon: number,
  latitude = 0,
): { name: string; angle: number; illumination: number } {
  const angle = normalise(moon - sun);
  const cosine = Math.cos((angle * Math.PI) / 180) * Math.cos((latitude * Math.PI) / 180);
  return {
    name: NAMES[phaseIndex(angle)] ?? NAMES[0],
    angle,
    illumination: (1 - cosine) / 2,
  };
}

/** The names of all phases from one elongation to a later one, degrees, less than a month apart. */
export function phasesBetween(from: number, to: number): string[] {
  const [first, last] = [phaseIndex(from), phaseIndex(to)];
  const more = (last - first + NAMES.length) % NAMES.length;
  return Array.from({ length: more + 1 }, (_, k) => NAMES[(first + k) % NAMES.length] ?? NAMES[0]);
}

function phaseIndex(elongation: number): number {
  return Math.floor(normalise(elongation + 22.5) / 45);
}
