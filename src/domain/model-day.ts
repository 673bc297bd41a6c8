/** What the provider says of the models that we use: whether it has them, and until which day. */

/** One row per model. */
export interface ModelRow {
  name: string;
  /** the last day on which it answers, `2027-01-14`; null: the provider names none, which is no promise */
  lastDay: string | null;
  /** when the provider last said anything about it; ISO 8601 */
  askedAt: string;
  /** since when the provider says that there is no such model; null: it has it */
  goneAt: string | null;
}

export interface ModelStore {
  all(): Promise<ModelRow[]>;
  /**
   * The provider has this model.
   * @param lastDay undefined: it said nothing that can be believed, and what it said earlier counts
   */
  lives(name: string, lastDay: string | null | undefined, now: Date): Promise<void>;
  /** The provider has no such model. Keeps the time of the first such answer. */
  isGone(name: string, now: Date): Promise<void>;
}

/** A model's last day as this build knows it, `2027-01-14`; null: none is known. */
export type KnownLastDay = (model: string) => string | null;

const DAY_MS = 86_400_000;
const BELIEVED = { pastMs: 366 * DAY_MS, aheadMs: 20 * 366 * DAY_MS };

/**
 * Reads a day that a provider told: a date, or a time whose day counts.
 * @returns `2027-01-14`; undefined for no date, and for one more than a year ago or twenty years ahead, such as
 *   the 1970-01-01 and 9999-12-31 of a field that nobody filled in
 */
export function readDay(told: string, now: Date): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(told.trim())?.[1];
  const at = Date.parse(day ?? '');
  if (day === undefined || Number.isNaN(at)) return undefined;
  if (new Date(at).toISOString().slice(0, 10) !== day) return undefined; // 2027-02-30
  const ahead = at - now.getTime();
  return ahead >= -BELIEVED.pastMs && ahead <= BELIEVED.aheadMs ? day : undefined;
}

/** @returns the end of a day in UTC: what comes later is past it */
export function endOfDay(day: string): Date {
  return new Date(Date.parse(day) + DAY_MS);
}
