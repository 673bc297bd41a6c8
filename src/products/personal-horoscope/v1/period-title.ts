/** A period's title: in prompts, on its pages and in the outline. */
import type { Period } from '../../../domain/sky.ts';
import { dateRange, weekdayDate } from '../../shared/dates.ts';

/** @returns `Saturday 21 November 2026`, `Week 3: 5–11 December 2026` */
export function periodTitle({ kind, number, first, last }: Period): string {
  switch (kind) {
    case 'day':
      return weekdayDate(first);
    case 'week':
      return `Week ${number}: ${dateRange(first, last)}`;
    case 'month':
      return `Month ${number}: ${dateRange(first, last)}`;
    case 'half':
      return `${number === 1 ? 'First' : 'Second'} half: ${dateRange(first, last)}`;
  }
}
