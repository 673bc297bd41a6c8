/** What a zone's clocks showed: Node's time-zone data, corrected where it merges zones. */
import { readFileSync } from 'node:fs';

/** Seconds since 1970 and the offset from UTC that began then, in seconds, east positive. */
type Transition = [second: number, offset: number];
interface ZoneHistory {
  /** seconds since 1970; from then on Node is right */
  until: number;
  transitions: Transition[];
}

const HISTORY_FILE = new URL('./data/zone-history.json', import.meta.url);
// Tables of facts, read once per process and never changed.
let history: Record<string, ZoneHistory | string> | null = null;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether it names an IANA zone. Bare offsets (`+01:00`), which Intl accepts, do not count. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Offset from UTC at an instant, in seconds, east positive.
 *
 * Node's ICU is built without tzdb's `backzone` file, so before 1970 it gives some zones a
 * neighbour's history. Those zones use a table made from the database with that file.
 */
export function offsetAt(timeZone: string, epochMs: number): number {
  const own = historyOf(timeZone);
  const second = Math.floor(epochMs / 1000);
  if (own === null || second >= own.until) return icuOffsetAt(timeZone, epochMs);
  const transition = own.transitions.findLast(([from]) => from <= second) ?? own.transitions[0];
  return transition?.[1] ?? icuOffsetAt(timeZone, epochMs);
}

/** The offset in Node's own data, in seconds. */
export function icuOffsetAt(timeZone: string, epochMs: number): number {
  const whole = Math.floor(epochMs / 1000) * 1000;
  const parts = formatOf(timeZone).formatToParts(whole);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return (shown - whole) / 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

function historyOf(timeZone: string): ZoneHistory | null {
  history ??= JSON.parse(readFileSync(HISTORY_FILE, 'utf8')) as Record<
    string,
    ZoneHistory | string
  >;
  const entry = history[timeZone];
  if (typeof entry === 'string') return historyOf(entry);
  return entry ?? null;
}
