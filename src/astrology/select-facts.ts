/** Which transits and events a period's facts hold: the weightiest, to keep prompts compact. */
import type { Body, PeriodKind, SkyEvent, Transit } from '../domain/sky.ts';
import type { TimedEvent } from './sky-events.ts';
import { TRANSITS_PER_PERIOD, TRANSITS_PER_YEAR } from './transit-rules.ts';
import { type TransitSpan, toTransit } from './transits.ts';

/** Julian days (UT). `to` is the first instant after the span. */
export interface Span {
  from: number;
  to: number;
}

/** Bodies whose transits last days: they weigh less over longer periods. */
const FAST: readonly Body[] = ['Sun', 'Moon', 'Mercury', 'Venus', 'Mars'];
const FAST_SHARE: Record<PeriodKind | 'year', number> = {
  day: 1,
  week: 1,
  month: 0.7,
  half: 0.4,
  year: 0.3,
};

/** Weightiest first. The Moon's transits last hours, so only days include them. */
export function transitsOf(
  kind: PeriodKind,
  span: Span,
  transits: readonly TransitSpan[],
): Transit[] {
  return weightiest(
    span,
    transits.filter(({ transiting }) => kind === 'day' || transiting !== 'Moon'),
    { limit: TRANSITS_PER_PERIOD[kind], fastShare: FAST_SHARE[kind] },
  );
}

export function transitsOfYear(span: Span, transits: readonly TransitSpan[]): Transit[] {
  const slower = transits.filter(({ transiting }) => transiting !== 'Moon');
  return weightiest(span, slower, { limit: TRANSITS_PER_YEAR, fastShare: FAST_SHARE.year });
}

/** In order of time. The longer the period, the fewer events of the fast bodies it names. */
export function eventsOf(
  kind: PeriodKind,
  { from, to }: Span,
  events: readonly TimedEvent[],
): SkyEvent[] {
  return events
    .filter(({ jd, event }) => jd >= from && jd < to && belongs(kind, event))
    .map(({ event }) => event);
}

function belongs(kind: PeriodKind, event: SkyEvent): boolean {
  if (kind === 'day') return true;
  if (event.kind === 'ingress') {
    const fast = kind === 'half' ? ['Moon', 'Sun', 'Mercury', 'Venus'] : ['Moon'];
    return !fast.includes(event.body);
  }
  if (event.kind === 'lunation' && kind !== 'week') return !event.text.includes('Quarter');
  return true;
}

function weightiest(
  span: Span,
  transits: readonly TransitSpan[],
  choice: { limit: number; fastShare: number },
): Transit[] {
  const share = ({ transiting }: TransitSpan) => (FAST.includes(transiting) ? choice.fastShare : 1);
  return transits
    .filter(({ begins, ends }) => begins < span.to && ends >= span.from)
    .map((transit) => ({
      transit,
      weight: transit.weight * share(transit) * nearness(transit, span),
    }))
    .sort((a, b) => b.weight - a.weight || a.transit.begins - b.transit.begins)
    .slice(0, choice.limit)
    .map(({ transit }) => toTransit(transit));
}

/** Exact within the period counts most; otherwise, the nearer to the exact moment, the more. */
function nearness({ begins, exact, ends }: TransitSpan, { from, to }: Span): number {
  const peaks = exact.length > 0 ? exact : [(begins + ends) / 2];
  if (exact.some((at) => at >= from && at < to)) return 2.5;
  const days = Math.min(...peaks.map((at) => (at < from ? from - at : Math.max(0, at - to))));
  return 0.4 + 0.6 * Math.max(0, 1 - (2 * days) / (ends - begins));
}
