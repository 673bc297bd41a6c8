/** A period's sky, one fact a line for prompts, or in a few lines of small print over its first answers. */
import { describeEvent, describeMoon, describeTransit } from '../../../astrology/describe.ts';
import type { PeriodFacts, PeriodKind } from '../../../domain/sky.ts';
import { longDate } from '../../shared/dates.ts';

/** What the sheet has room for beside five answers of full length. */
const MOST_TRANSITS: Readonly<Record<PeriodKind, number>> = { day: 4, week: 4, month: 5, half: 5 };
const MOST_EVENTS: Readonly<Record<PeriodKind, number>> = { day: 2, week: 3, month: 4, half: 4 };

/** @param timeZone in which civil days are counted */
export function periodLines(facts: PeriodFacts, timeZone: string): string[] {
  const { kind } = facts.period;
  return [
    // the Moon crosses every sign in a month: its place on the first day says nothing about more
    ...(kind === 'day' || kind === 'week' ? [moonLine(facts)] : []),
    ...facts.transits.map((transit) => describeTransit(transit, timeZone)),
    ...facts.events.map((event) => describeEvent(event, timeZone)),
  ];
}

/** The weightiest of it, for print. */
export function periodParagraph(facts: PeriodFacts, timeZone: string): string {
  const { kind } = facts.period;
  const kept = {
    ...facts,
    transits: facts.transits.slice(0, MOST_TRANSITS[kind]),
    events: facts.events.slice(0, MOST_EVENTS[kind]),
  };
  return periodLines(kept, timeZone).join(' · ');
}

function moonLine({ moon, period }: PeriodFacts): string {
  return `At noon of ${longDate(period.first)}: ${describeMoon(moon)}`;
}
