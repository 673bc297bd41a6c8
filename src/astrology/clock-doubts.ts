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
  /** the zone whose clock is used instead, or `standard`: the place's own zone without summer time; null to keep it */
  clock: string | null;
  /** null for the whole zone */
  area: Corner[] | null;
  why: string;
}

const FILE = new URL('./data/clock-doubts.txt', import.meta.url);
// A table of facts, read once per process and never changed.
let rows: Row[] | null = null;

/** The name of a clock without summer time, where `clockOfThatTime` gives no zone. */
export const STANDARD_TIME = 'standard';

/**
 * The zone whose clocks a place had at an instant because a border ran elsewhere, or STANDARD_TIME where
 * its own zone's summer time was not kept; null: its own zone's clocks.
 */
export function clockOfThatTime(place: Place, epochMs: number): string | null {
  const zone = usualZone(place.timeZone);
  return table().find((row) => isOf(row, zone, place, epochMs))?.clock ?? null;
}

/**
 * @returns why the offset that the clock gives is uncertain; null if nothing is known against it.
 *   Also where Node's data and the database with its `backzone` file differ: that file is less well sourced
 */
export function offsetDoubt(place: Place, epochMs: number): OffsetDoubt | null {
  const zone = usualZone(place.timeZone);
  const row = table().find((each) => isOf(each, zone, place, epochMs));
  if (row !== undefined) return { code: row.code, why: row.why };
  if (icuOffsetAt(zone, epochMs) === offsetAt(zone, epochMs)) return null;
  const why = 'sources on the clocks of this place at that time are few';
  return { code: 'few_sources', why };
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
