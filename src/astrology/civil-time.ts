/** Civil dates and local times of a zone, and the instants at which they happened. */
import { offsetAt } from './zone-offset.ts';

const DAY_MS = 86_400_000;

/** Offset from UTC at an instant (milliseconds since 1970), in seconds, east positive. */
export type Clock = (epochMs: number) => number;

/** A local time that clocks showed once, twice or never. Instants in milliseconds since 1970. */
export type LocalInstant =
  | { kind: 'once'; at: number }
  | { kind: 'twice'; earlier: number; later: number }
  /** clocks skipped it: `from` and `to` are the local times around the gap, written as if UTC */
  | { kind: 'never'; change: number; from: number; to: number };

/**
 * Finds when a clock, or the clocks of a zone, showed a local time.
 * @param local the local date and time written as if it were UTC, milliseconds since 1970
 */
export function instantOf(local: number, clockOrZone: Clock | string): LocalInstant {
  const clock = clockFor(clockOrZone);
  // no clock is more than a day from UTC: these two offsets apply before and after
  const before = clock(local - DAY_MS);
  const after = clock(local + DAY_MS);
  const found = [...new Set([before, after])]
    .map((offset) => ({ at: local - offset * 1000, offset }))
    .filter(({ at, offset }) => clock(at) === offset)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    return { kind: 'twice', earlier: first, later: second };
  }
  if (first !== undefined) return { kind: 'once', at: first };
  const change = changeBetween(clock, local - DAY_MS, local + DAY_MS);
  return {
    kind: 'never',
    change,
    from: change + clock(change - 1000) * 1000,
    to: change + clock(change) * 1000,
  };
}

/** First instant of a civil date (YYYY-MM-DD) by a clock or in a zone, milliseconds since 1970. */
export function startOfDay(date: string, clockOrZone: Clock | string): number {
  const found = instantOf(epochDay(date) * DAY_MS, clockOrZone);
  if (found.kind === 'once') return found.at;
  return found.kind === 'twice' ? found.earlier : found.change;
}

/** The civil date in a zone at an instant. */
export function civilDate(epochMs: number, timeZone: string): string {
  return new Date(epochMs + offsetAt(timeZone, epochMs) * 1000).toISOString().slice(0, 10);
}

/** Days from 1970-01-01 to a civil date. */
export function epochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOfEpochDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Whether it is a YYYY-MM-DD date that exists in the calendar. */
export function isCivilDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const day = epochDay(date);
  return Number.isFinite(day) && dateOfEpochDay(day) === date;
}

function clockFor(clockOrZone: Clock | string): Clock {
  if (typeof clockOrZone !== 'string') return clockOrZone;
  return (epochMs) => offsetAt(clockOrZone, epochMs);
}

/** The instant in the window, to the second, at which the clock's later offset begins. */
function changeBetween(clock: Clock, from: number, to: number): number {
  const later = clock(to);
  let low = Math.floor(from / 1000);
  let high = Math.ceil(to / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * 1000) === later) high = middle;
    else low = middle;
  }
  return high * 1000;
}
