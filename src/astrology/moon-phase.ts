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
    name: NAMES[Math.floor(normalise(angle + 22.5) / 45)] ?? NAMES[0],
    angle,
    illumination: (1 - cosine) / 2,
  };
}
