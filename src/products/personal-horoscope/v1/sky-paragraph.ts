/** A period's sky in a few lines of small print, above its first five answers. */
import type { PeriodFacts, PeriodKind, Transit } from '../../../domain/sky.ts';
import { eventLine, moonLine, transitLine } from '../../shared/sky-lines.ts';

/** What the sheet has room for beside five answers of full length. */
const MOST_TRANSITS: Readonly<Record<PeriodKind, number>> = { day: 4, week: 4, month: 5, half: 5 };
const MOST_EVENTS: Readonly<Record<PeriodKind, number>> = { day: 2, week: 3, month: 4, half: 4 };

export function skyParagraph(
  { period, moon, transits, events }: PeriodFacts,
  timeZone: string,
): string {
  const kept = transits.slice(0, MOST_TRANSITS[period.kind]);
  return [
    // the Moon crosses every sign in a month: beyond a week its place on the first day says nothing
    ...(period.kind === 'day' || period.kind === 'week' ? [moonLine(moon)] : []),
    ...kept.map((transit: Transit) => transitLine(transit, timeZone)),
    ...events.slice(0, MOST_EVENTS[period.kind]).map((event) => eventLine(event, timeZone)),
  ].join(' · ');
}
