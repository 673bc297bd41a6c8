/** Links through 1,725 pages: up to the month and the cover, down from half to months and from month to days. */
import type { Block, CalendarLink } from '../../../domain/document.ts';
import type { Period, PeriodKind } from '../../../domain/sky.ts';
import { CALENDAR_DAYS, calendarPlace } from '../../shared/dates.ts';
import { periodTitle } from './period-title.ts';

const WIDER: Readonly<Record<PeriodKind, PeriodKind | null>> = {
  day: 'month',
  week: 'month',
  month: 'half',
  half: null,
};

/** @param sheet 1-4 @returns id of the part */
export function sheetId(period: Period, sheet: number): string {
  return `${period.id}-${sheet}`;
}

/** At the foot of every sheet. */
export function linksUp(period: Period, periods: readonly Period[]): Block[] {
  const above = periods.find(
    ({ kind, first, last }) =>
      kind === WIDER[period.kind] && first <= period.first && period.first <= last,
  );
  return [
    ...(above === undefined ? [] : [link(`To ${periodTitle(above)}`, sheetId(above, 1))]),
    link('To the cover', 'cover'),
  ];
}

/** At the start of a half: its months. */
export function linksDown(period: Period, periods: readonly Period[]): Block[] {
  if (period.kind !== 'half') return [];
  return within(period, periods, 'month').map((month) =>
    link(periodTitle(month), sheetId(month, 1)),
  );
}

/** A month's days in weeks from Monday to Sunday, each a link to its first page. */
export function calendarOf(month: Period, periods: readonly Period[]): Block {
  const rows: (CalendarLink | null)[][] = [];
  for (const day of within(month, periods, 'day')) {
    const place = calendarPlace(day.first);
    if (rows.length === 0 || place.column === 0) rows.push(CALENDAR_DAYS.map(() => null));
    const week = rows.at(-1);
    if (week === undefined) continue;
    week[place.column] = {
      text: String(place.day),
      title: periodTitle(day),
      target: sheetId(day, 1),
    };
  }
  return { kind: 'calendar', heads: CALENDAR_DAYS, rows };
}

function within(period: Period, periods: readonly Period[], kind: PeriodKind): Period[] {
  return periods.filter(
    (each) => each.kind === kind && period.first <= each.first && each.first <= period.last,
  );
}

function link(text: string, target: string): Block {
  return { kind: 'link', text, target };
}
