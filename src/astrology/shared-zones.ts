/** Places where two zones are in use. */
import { readFileSync } from 'node:fs';
import type { KnownPlace, OtherZone } from '../domain/birth.ts';
import { type Corner, cornersOf, isInside } from './map-area.ts';

const BY_ID = new URL('./data/shared-zones.json', import.meta.url);
const BY_AREA = new URL('./data/shared-zones.txt', import.meta.url);

interface Row extends OtherZone {
  /** the zone of the place itself */
  zone: string;
  area: Corner[];
}

// Tables of facts, read once per process and never changed.
let known: { zoneOf: Map<string, string>; rows: Row[] } | null = null;

/** @returns the zone that people of the place use beside its own; undefined if there is none */
export function otherZoneOf(place: Omit<KnownPlace, 'otherZone'>): OtherZone | undefined {
  known ??= { zoneOf: readIds(), rows: readRows() };
  const timeZone = known.zoneOf.get(place.id);
  if (timeZone !== undefined) return { timeZone, from: null, to: null };
  const row = known.rows.find(({ zone, area }) => zone === place.timeZone && isInside(place, area));
  return row && { timeZone: row.timeZone, from: row.from, to: row.to };
}

function readIds(): Map<string, string> {
  const byZone = JSON.parse(readFileSync(BY_ID, 'utf8')) as Record<string, number[]>;
  return new Map(
    Object.entries(byZone).flatMap(([zone, ids]) => ids.map((id) => [String(id), zone] as const)),
  );
}

function readRows(): Row[] {
  return readFileSync(BY_AREA, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [zone = '', timeZone = '', from, to, area = ''] = line.split('|');
      return { zone, timeZone, from: from || null, to: to || null, area: cornersOf(area) };
    });
}
