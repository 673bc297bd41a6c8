/** A period's sky in a few lines of small print, above its first five answers. */
import type { PeriodFacts, PeriodKind } from '../../../domain/sky.ts';
import { eventLine, moonLine, transitLine } from '../../shared/sky-lines.ts';

/** What the sheet has room for beside five answers of full length. */
const MOST_TRANSITS: Readonly<Record<PeriodKind, number>> = { day: 4, week: 4, month: 5, half: 5 };
const MOST_EVENTS: Readonly<Record<PeriodKind, number>> = { day: 2, week: 3, month: 4, half: 4 };

export function skyParagraph(facts: PeriodFacts, timeZone: string): string {
  const { kind } = facts.period;
  return [
    // the Moon crosses every sign in a month: its place on the first day says nothing about more
    ...(kind === 'day' || kind === 'week' ? [moonLine(facts)] : []),
    ...facts.transits
      .slice(0, MOST_TRANSITS[kind])
      .map((transit) => transitLine(transit, timeZone)),
    ...facts.events.slice(0, MOST_EVENTS[kind]).map((event) => eventLine(event, timeZone)),
  ].join(' · ');
}
