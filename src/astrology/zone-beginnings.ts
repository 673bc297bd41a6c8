/** When each zone got its first standard time, and the usual name of a zone that has several. */
import { readFileSync } from 'node:fs';

interface Beginnings {
  /** seconds since 1970 of the old local clock at which the change came, place by place */
  byLocal: Record<string, number>;
  /** seconds since 1970 at which it came everywhere */
  byUtc: Record<string, number>;
  otherNames: Record<string, string>;
}

const FILE = new URL('./data/zone-beginnings.json', import.meta.url);
// A table of facts, read once per process and never changed.
let table: Beginnings | null = null;

/** The name under which the tables know a zone: Europe/Kyiv for Europe/Kiev. */
export function usualZone(timeZone: string): string {
  return beginnings().otherNames[timeZone] ?? timeZone;
}

/**
 * The instant at which a place changed from its own mean time to the zone's first standard time.
 * @param ownOffset the place's local mean time, seconds east of UTC
 * @returns milliseconds since 1970; null for a zone that has no such time (`UTC`)
 */
export function standardTimeBegan(timeZone: string, ownOffset: number): number | null {
  const { byLocal, byUtc } = beginnings();
  const zone = usualZone(timeZone);
  const local = byLocal[zone];
  if (local !== undefined) return (local - ownOffset) * 1000;
  const utc = byUtc[zone];
  return utc === undefined ? null : utc * 1000;
}

function beginnings(): Beginnings {
  table ??= JSON.parse(readFileSync(FILE, 'utf8')) as Beginnings;
  return table;
}
