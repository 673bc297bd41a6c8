/** Which transits count, how near they must come, and how much each weighs. */
import type { Angle, AspectKind, Body, PeriodKind } from '../domain/sky.ts';
import { PLANETS } from './patterns.ts';

export interface TransitingBody {
  body: Body;
  /** degrees within which a transit is felt */
  orb: number;
  /** the slower the body, the more it weighs */
  weight: number;
  /** days that one polynomial of its track covers */
  segmentDays: number;
  /** the longest it can stay in orb of a point, in days, with its turns back and forth */
  marginDays: number;
  turns: boolean;
}

const fast = { orb: 2, segmentDays: 16 };
const slow = { orb: 1, segmentDays: 32, turns: true };

// Longest stays found over 1930-2110: Mercury 22 days, Venus 30, Mars 53, Jupiter 92, Saturn 130,
// Uranus 151, Chiron 143, Neptune 193, Pluto 414.
export const TRANSITING: readonly TransitingBody[] = [
  { body: 'Sun', ...fast, weight: 4, marginDays: 10, turns: false },
  { body: 'Moon', orb: 2.5, weight: 1.6, segmentDays: 4, marginDays: 2, turns: false },
  { body: 'Mercury', ...fast, weight: 3, marginDays: 40, turns: true },
  { body: 'Venus', ...fast, weight: 3.5, marginDays: 60, turns: true },
  { body: 'Mars', ...fast, weight: 5, marginDays: 100, turns: true },
  { body: 'Jupiter', ...slow, orb: 1.5, weight: 7, marginDays: 180 },
  { body: 'Saturn', ...slow, orb: 1.5, weight: 8, marginDays: 250 },
  { body: 'Uranus', ...slow, weight: 9, marginDays: 300 },
  { body: 'Neptune', ...slow, weight: 9, marginDays: 400 },
  { body: 'Pluto', ...slow, weight: 10, marginDays: 700 },
  { body: 'Chiron', ...slow, weight: 5, marginDays: 400 },
];

export const TRANSIT_ASPECTS: readonly { kind: AspectKind; angle: number; weight: number }[] = [
  { kind: 'conjunction', angle: 0, weight: 1.3 },
  { kind: 'opposition', angle: 180, weight: 1.15 },
  { kind: 'square', angle: 90, weight: 1.1 },
  { kind: 'trine', angle: 120, weight: 1 },
  { kind: 'sextile', angle: 60, weight: 0.8 },
];

/** Natal points that receive transits. The other two angles would repeat these. */
export const NATAL_POINTS: readonly (Body | Angle)[] = [
  ...PLANETS,
  'Chiron',
  'TrueNode',
  'Asc',
  'MC',
];

export function weightOfNatal(point: Body | Angle): number {
  switch (point) {
    case 'Sun':
    case 'Moon':
    case 'Asc':
    case 'MC':
      return 1.5;
    case 'Mercury':
    case 'Venus':
    case 'Mars':
      return 1.2;
    case 'Jupiter':
    case 'Saturn':
      return 1;
    default:
      return 0.7;
  }
}

/** How many transits a period's facts hold. The limit keeps prompts compact. */
export const TRANSITS_PER_PERIOD: Record<PeriodKind, number> = {
  day: 9,
  week: 12,
  month: 15,
  half: 20,
};
export const TRANSITS_PER_YEAR = 20;
