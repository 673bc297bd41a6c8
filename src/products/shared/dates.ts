/** Civil dates for an English reader. Written by hand, because ICU's wording changes between versions. */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** @param date YYYY-MM-DD @returns `14 June 2026` */
export function longDate(date: string): string {
  const { day, month, year } = partsOf(date);
  return `${day} ${month} ${year}`;
}

/** @param date YYYY-MM-DD @returns `Sunday 14 June 2026` */
export function weekdayDate(date: string): string {
  return `${weekdayOf(date)} ${longDate(date)}`;
}

/** The column heads of a calendar. */
export const CALENDAR_DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/** @param date YYYY-MM-DD @returns its column in a calendar, 0-6, and the day of the month */
export function calendarPlace(date: string): { column: number; day: number } {
  return { column: (weekdayIndex(date) + 6) % 7, day: partsOf(date).day };
}

/** Leaves out what both dates share. @returns `8–14 June 2026`, `28 June – 4 July 2026` */
export function dateRange(first: string, last: string): string {
  const from = partsOf(first);
  const to = partsOf(last);
  if (from.year !== to.year) return `${longDate(first)} – ${longDate(last)}`;
  if (from.month !== to.month) return `${from.day} ${from.month} – ${longDate(last)}`;
  return `${from.day}–${longDate(last)}`;
}

function weekdayOf(date: string): string {
  return WEEKDAYS[weekdayIndex(date)] ?? '';
}

/** 0 on Sundays */
function weekdayIndex(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function partsOf(date: string): { day: number; month: string; year: number } {
  const [year, month, day] = date.split('-').map(Number);
  const name = MONTHS[(month ?? 0) - 1];
  if (year === undefined || day === undefined || name === undefined) {
    throw new RangeError(`not a civil date: ${date}`);
  }
  return { day, month: name, year };
}
