/** A period's sky: one fact per line for prompts, shorter and fewer for the head of its first page. */
import {
  dateText,
  describeEvent,
  describeMoon,
  describeTransit,
  pointName,
} from '../../../astrology/describe.ts';
import type { PeriodFacts, PeriodKind, Transit } from '../../../domain/sky.ts';
import { longDate } from '../../shared/dates.ts';

/** As many as the page has room for next to five answers of full length. */
const MOST_TRANSITS: Readonly<Record<PeriodKind, number>> = { day: 4, week: 5, month: 6, half: 7 };
const MOST_EVENTS: Readonly<Record<PeriodKind, number>> = { day: 2, week: 3, month: 4, half: 4 };
const IN_A_YEAR: Readonly<Record<PeriodKind, number>> = { day: 365, week: 52, month: 12, half: 2 };

/** @param timeZone for the civil days */
export function periodLines(facts: PeriodFacts, timeZone: string): string[] {
  const moon = `At noon of ${longDate(facts.period.first)}: ${describeMoon(facts.moon)}`;
  return [
    ...(moonMatters(facts) ? [moon] : []),
    ...facts.transits.map((transit) => describeTransit(transit, timeZone)),
    ...facts.events.map((event) => describeEvent(event, timeZone)),
  ];
}

/** The period's place in the year and its weightiest transits, in one paragraph of small print. */
export function periodParagraph(facts: PeriodFacts, timeZone: string): string {
  const { kind, number } = facts.period;
  return [
    `${kind[0]?.toUpperCase()}${kind.slice(1)} ${number} of ${IN_A_YEAR[kind]}`,
    ...(moonMatters(facts) ? [describeMoon(facts.moon)] : []),
    ...facts.transits.slice(0, MOST_TRANSITS[kind]).map((each) => printedTransit(each, timeZone)),
    ...facts.events
      .slice(0, MOST_EVENTS[kind])
      .map(({ text, at }) => `${text}, ${dateText(at, timeZone)}`),
  ].join(' · ');
}

/** The Moon crosses every sign in a month: over more than a week its starting position means nothing. */
function moonMatters({ period }: PeriodFacts): boolean {
  return period.kind === 'day' || period.kind === 'week';
}

/** @returns `Mars trine natal Venus 11 Jun – 17 Jun 2026, exact 14 Jun` */
function printedTransit(transit: Transit, timeZone: string): string {
  const { transiting, aspect, natal, begins, exact, exactBetween, ends } = transit;
  const last = dateText(ends, timeZone);
  // the year is printed once, with the last day, unless a day is in another year
  const day = (instant: string) => dateText(instant, timeZone).replace(last.slice(-5), '');
  // with an unknown birth time it may begin earlier and end later
  const least = exactBetween === undefined ? '' : 'at least ';
  const name = `${transiting} ${aspect} natal ${pointName(natal)} ${least}`.trimEnd();
  const first = day(begins);
  if (last.startsWith(first)) return `${name} ${last}`;
  const moments = exactBetween ?? exact.map((at) => [at]);
  const peaks = [...new Set(moments.map((between) => [...new Set(between.map(day))].join('–')))];
  return `${name} ${first} – ${last}${peaks.length === 0 ? '' : `, exact ${peaks.join(' and ')}`}`;
}
