/** Aspects between the points of a chart: the angles that matter, and how far off they may be. */
import type { Angle, Aspect, AspectKind, Body } from '../domain/sky.ts';
import { arc } from './angle.ts';

export interface AspectRule {
  kind: AspectKind;
  /** degrees between the two points */
  angle: number;
  /** how many degrees off it may be */
  orb: number;
}

export const MAJOR_ASPECTS: readonly AspectRule[] = [
  { kind: 'conjunction', angle: 0, orb: 10 },
  { kind: 'opposition', angle: 180, orb: 10 },
  { kind: 'trine', angle: 120, orb: 8 },
  { kind: 'square', angle: 90, orb: 5 },
  { kind: 'sextile', angle: 60, orb: 6 },
  { kind: 'quintile', angle: 72, orb: 1 },
];

/** On request only. */
export const MINOR_ASPECTS: readonly AspectRule[] = [
  { kind: 'semisextile', angle: 30, orb: 2 },
  { kind: 'semisquare', angle: 45, orb: 2 },
  { kind: 'sesquisquare', angle: 135, orb: 2 },
  { kind: 'quincunx', angle: 150, orb: 3 },
  { kind: 'biquintile', angle: 144, orb: 1 },
];

/** A point of a chart. Angles have a speed of 0: bodies apply to them. */
export interface Point {
  name: Body | Angle;
  longitude: number;
  /** degrees per day */
  speed: number;
}

/** Every pair within orb, in the order of the points. */
export function findAspects(points: readonly Point[], rules: readonly AspectRule[]): Aspect[] {
  return points.flatMap((a, i) =>
    points.slice(i + 1).flatMap((b) => {
      const aspect = aspectBetween(a, b, rules);
      return aspect ? [aspect] : [];
    }),
  );
}

export function aspectBetween(a: Point, b: Point, rules: readonly AspectRule[]): Aspect | null {
  const between = arc(a.longitude, b.longitude);
  const separation = Math.abs(between);
  const rule = rules.find(({ angle, orb }) => Math.abs(separation - angle) <= orb);
  if (!rule) return null;
  // how fast the separation grows, and whether it moves towards the exact angle
  const growth = Math.sign(between) * (b.speed - a.speed);
  return {
    a: a.name,
    b: b.name,
    kind: rule.kind,
    orb: Math.abs(separation - rule.angle),
    applying: separation < rule.angle ? growth > 0 : growth < 0,
  };
}
