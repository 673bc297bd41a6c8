/** The points of a payment at which an API process is killed, and their order. */

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
  /** how often a process reaches the point before it dies */
  times: number;
}

/** Uses every point equally often. @param most maximum of `times` */
export function planKills(count: number, most: number, random: () => number): Kill[] {
  return Array.from({ length: count }, (_, index) => ({
    point: KILL_POINTS[index % KILL_POINTS.length] ?? 'event stored',
    times: 1 + Math.floor(random() * most),
  }));
}
