/** Ways through 1,725 pages: up to the month and the cover, down from a half to its months and from a month to its days. */
import type { Block } from '../../../domain/document.ts';
import type { Period, PeriodKind } from '../../../domain/sky.ts';
import { weekdayAndDay } from '../../shared/dates.ts';
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

/** Where a half or a month opens: a small calendar. */
export function linksDown(period: Period, periods: readonly Period[]): Block[] {
  const below = period.kind === 'half' ? 'month' : period.kind === 'month' ? 'day' : null;
  return periods
    .filter(({ kind, first }) => kind === below && period.first <= first && first <= period.last)
    .map((each) =>
      link(each.kind === 'day' ? weekdayAndDay(each.first) : periodTitle(each), sheetId(each, 1)),
    );
}

function link(text: string, target: string): Block {
  return { kind: 'link', text, target };
}
