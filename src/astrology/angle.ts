/** Angles on the circle, in degrees. */
import { SIGNS, type Sign } from '../domain/sky.ts';

/** Brings an angle into 0 (included) to 360 (excluded). */
export function normalise(degrees: number): number {
  const rest = degrees % 360;
  // `+ 360` rounds a tiny negative angle up to a full circle
  const positive = rest < 0 ? rest + 360 : rest;
  return positive >= 360 ? 0 : positive;
}

/** The shorter way from `from` to `to`: above -180, up to 180. */
export function arc(from: number, to: number): number {
  const forward = normalise(to - from);
  return forward > 180 ? forward - 360 : forward;
}

export function signIndex(longitude: number): number {
  return Math.floor(normalise(longitude) / 30);
}

export function signOf(longitude: number): Sign {
  return SIGNS[signIndex(longitude)] ?? 'Aries';
}

/** The signs on the way from one longitude forward to another. */
export function signsBetween(from: number, to: number): Sign[] {
  const count = Math.floor(((normalise(from) % 30) + normalise(to - from)) / 30) + 1;
  return Array.from({ length: count }, (_, k) => signOf((signIndex(from) + k) * 30));
}
