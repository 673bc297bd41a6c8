/** What is uncertain about a place's clock at an instant, and where a moved border puts another clock. */
import { readFileSync } from 'node:fs';
import type { OffsetDoubt, Place } from '../domain/birth.ts';
import { type Corner, cornersOf, isInside } from './map-area.ts';
import { usualZone } from './zone-beginnings.ts';
import { icuOffsetAt, offsetAt } from './zone-offset.ts';

interface Row {
  code: string;
  zones: string[];
  /** milliseconds since 1970; `to` is the first instant after it */
  from: number;
  to: number;
  /** first and last month; null for the whole year */
  months: { first: number; last: number } | null;
  /** the zone whose clock is used instead, or STANDARD_TIME or MEAN_TIME; null to keep the place's own */
  clock: string | null;
  /** null for the whole zone */
  area: Corner[] | null;
  why: string;
}

const FILE = new URL('./data/clock-doubts.txt', import.meta.url);
// A table of facts, read once per process and never changed.
let rows: Row[] | null = null;

/** What `clockOfThatTime` gives beside zones: the own zone without summer time, and the place's own mean time. */
export const STANDARD_TIME = 'standard';
export const MEAN_TIME = 'mean';

/** Zones whose offset had odd minutes by a law for the whole country. */
const ODD_BY_LAW = ['Europe/Paris', 'Europe/Rome', 'Europe/Dublin', 'Africa/Monrovia'];
/** Seconds: offsets of zones, and how near to a capital's mean time makes no difference to a chart. */
const QUARTER = 900;
const NEAR = 120;

/**
 * The zone whose clocks a place had at an instant because a border ran elsewhere, STANDARD_TIME where
 * its own zone's summer time was not kept, or MEAN_TIME where its standard time was not; null: its zone's clocks.
 */
export function clockOfThatTime(place: Place, epochMs: number): string | null {
  const zone = usualZone(place.timeZone);
  return table().find((row) => isOf(row, zone, place, epochMs))?.clock ?? null;
}

/**
 * @param isMean whether the place was on its own mean time
 * @returns why the offset that the clock gives is uncertain; null if nothing is known against it. Beside the
 *   table: where the zone had its capital's mean time, and where Node's data and the database with its
 *   `backzone` file differ, because that file is less well sourced
 */
export function offsetDoubt(place: Place, epochMs: number, isMean: boolean): OffsetDoubt | null {
  const zone = usualZone(place.timeZone);
  const row = table().find((each) => isOf(each, zone, place, epochMs));
  if (isMean && row?.clock !== MEAN_TIME) return null;
  if (row !== undefined) return { code: row.code, why: row.why };
  const offset = offsetAt(zone, epochMs);
  if (icuOffsetAt(zone, epochMs) !== offset) {
    return { code: 'few_sources', why: 'sources on the clocks of this place at that time are few' };
  }
  const isCapital = Math.abs(place.longitude * 240 - offset) < NEAR;
  if (offset % QUARTER === 0 || isCapital || ODD_BY_LAW.includes(zone)) return null;
  const why = "clocks followed the capital's mean time, and many towns still kept their own";
  return { code: 'capital_mean_time', why };
}

function isOf(row: Row, zone: string, place: Place, epochMs: number): boolean {
  return (
    epochMs >= row.from &&
    epochMs < row.to &&
    row.zones.some((one) =>
      one.endsWith('*') ? zone.startsWith(one.slice(0, -1)) : one === zone,
    ) &&
    isInMonths(row.months, epochMs) &&
    (row.area === null || isInside(place, row.area))
  );
}

/** From October to March passes the end of the year. */
function isInMonths(months: Row['months'], epochMs: number): boolean {
  if (months === null) return true;
  const { first, last } = months;
  const month = new Date(epochMs).getUTCMonth() + 1;
  return first <= last ? month >= first && month <= last : month >= first || month <= last;
}

function table(): Row[] {
  rows ??= readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(rowOf);
  return rows;
}

function rowOf(line: string): Row {
  const [code = '', zones = '', from = '', to = '', months = '', clock, area = '', why = ''] =
    line.split('|');
  const [first = 1, last = 12] = months.split('-').map(Number);
  return {
    code,
    zones: zones.split(' '),
    from: Date.parse(from),
    to: Date.parse(to),
    months: months === '' ? null : { first, last },
    clock: clock || null,
    area: area === '' ? null : cornersOf(area),
    why,
  };
}
