/** The 431 periods of a report year: 365 days, 52 weeks, 12 months, 2 halves. */
import type { Period, PeriodKind } from '../domain/sky.ts';
import { dateOfEpochDay, epochDay } from './civil-time.ts';

const DAYS = 365;
const WEEKS = 52;
const MONTHS = 12;

/**
 * In reading order: by first day, then the longer first. The year is 365 consecutive civil days.
 * Week 52 has eight days. Months begin on the start date's day of the month (or the month's last
 * day), and the twelfth ends on day 365.
 * @param startDate YYYY-MM-DD
 */
export function periodsOf(startDate: string): Period[] {
  const start = epochDay(startDate);
  const end = start + DAYS - 1;
  const monthStarts = Array.from({ length: MONTHS }, (_, i) => addMonths(startDate, i));
  const monthEnd = (i: number) => (monthStarts[i + 1] ?? end + 1) - 1;
  const period = (kind: PeriodKind, number: number, first: number, last: number): Period => ({
    id: idOf(kind, number),
    kind,
    number,
    first: dateOfEpochDay(first),
    last: dateOfEpochDay(last),
  });
  const range = (length: number) => Array.from({ length }, (_, i) => i);

  return [
    period('half', 1, start, monthEnd(5)),
    period('half', 2, monthStarts[6] ?? end, end),
    ...monthStarts.map((first, i) => period('month', i + 1, first, monthEnd(i))),
    ...range(WEEKS).map((i) =>
      period('week', i + 1, start + 7 * i, i === WEEKS - 1 ? end : start + 7 * i + 6),
    ),
    ...range(DAYS).map((i) => period('day', i + 1, start + i, start + i)),
  ].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)); // stable: longer stay first
}

function idOf(kind: PeriodKind, number: number): string {
  if (kind === 'day') return `d${String(number).padStart(3, '0')}`;
  if (kind === 'half') return `h${number}`;
  return `${kind[0]}${String(number).padStart(2, '0')}`;
}

/** @returns the day, counted from 1970, `months` later, or the last day of that month */
function addMonths(date: string, months: number): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth)) / 86_400_000;
}
