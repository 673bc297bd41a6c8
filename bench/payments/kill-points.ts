/** Where an API process is killed on a payment's way, and which of them comes when. */

export const KILL_POINTS = [
  'event stored',
  'order paid',
  'reports written',
  'letter written',
  'jobs added',
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

export interface Kill {
  point: KillPoint;
  /** how often a process gets there before it dies */
  times: number;
}

/** Every point equally often. @param most of `times` */
export function planKills(count: number, most: number, random: () => number): Kill[] {
  return Array.from({ length: count }, (_, index) => ({
    point: KILL_POINTS[index % KILL_POINTS.length] ?? 'event stored',
    times: 1 + Math.floor(random() * most),
  }));
}
