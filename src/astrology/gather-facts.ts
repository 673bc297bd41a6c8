/** A report's facts: the natal chart and, for each period of its year, the transits and events. */
import type { Subject } from '../domain/birth.ts';
import type { Period, PeriodFacts, ReportFacts } from '../domain/sky.ts';
import { normalise, signIndex, signOf } from './angle.ts';
import { computeChart } from './chart.ts';
import { dateOfEpochDay, epochDay, instantOf, startOfDay } from './civil-time.ts';
import { ephemerisName } from './ephemeris.ts';
import { houseOf } from './houses.ts';
import { julianDay } from './julian-day.ts';
import { moonPhase } from './moon-phase.ts';
import { periodsOf } from './periods.ts';
import { birthDay } from './resolve-birth.ts';
import { eventsOf, type Span, transitsOf, transitsOfYear } from './select-facts.ts';
import { findSkyEvents } from './sky-events.ts';
import { solveTransits } from './transits.ts';
import { createYearSky, type YearSky } from './year-sky.ts';

/**
 * Computes everything that a report's prompts and documents cite. Pure: the same subject gives the
 * same facts. With periods it takes under 2 s of one core.
 * @param options.periods false: no period facts, only the year's weightiest transits
 */
export function gatherFacts(subject: Subject, options: { periods: boolean }): ReportFacts {
  const { birth, reportYear, houseSystem, zodiac } = subject;
  const chart = computeChart({
    utc: birth.utc,
    timeKnown: birth.time !== null,
    latitude: birth.place.latitude,
    longitude: birth.place.longitude,
    houseSystem,
    zodiac,
    day: birthDay(birth),
  });
  const periods = periodsOf(reportYear.startDate);
  const bounds = createBounds(reportYear.timeZone);
  const year = yearSpan(periods, bounds);
  const sky = createYearSky({ ...year, zodiac });
  const transits = solveTransits(sky, chart);
  const events = options.periods ? findSkyEvents(sky, chart) : [];
  const factsOf = (period: Period): PeriodFacts => {
    const span = bounds(period);
    return {
      period,
      moon: moonAt(sky, noonOf(period.first, reportYear.timeZone), chart.houses),
      transits: transitsOf(period.kind, span, transits),
      events: eventsOf(period.kind, span, events),
    };
  };
  return {
    ephemeris: ephemerisName,
    chart,
    periods: options.periods ? periods.map(factsOf) : [],
    year: transitsOfYear(year, transits),
  };
}

/** First instants of a period and of the day after it, as julian days. Each day is computed once. */
function createBounds(timeZone: string): (period: Period) => Span {
  const starts = new Map<string, number>();
  const startOf = (date: string): number => {
    const known = starts.get(date);
    if (known !== undefined) return known;
    const found = julianDay(startOfDay(date, timeZone));
    starts.set(date, found);
    return found;
  };
  return ({ first, last }) => ({
    from: startOf(first),
    to: startOf(dateOfEpochDay(epochDay(last) + 1)),
  });
}

function yearSpan(periods: readonly Period[], bounds: (period: Period) => Span): Span {
  const halves = periods.filter(({ kind }) => kind === 'half').map(bounds);
  return {
    from: Math.min(...halves.map(({ from }) => from)),
    to: Math.max(...halves.map(({ to }) => to)),
  };
}

function noonOf(date: string, timeZone: string): number {
  const found = instantOf(Date.parse(`${date}T12:00:00Z`), timeZone);
  if (found.kind === 'once') return julianDay(found.at);
  return julianDay(found.kind === 'twice' ? found.earlier : found.change);
}

function moonAt(sky: YearSky, jd: number, houses: number[] | null): PeriodFacts['moon'] {
  const longitude = normalise(sky.track('Moon').at(jd));
  return {
    sign: signOf(longitude),
    degree: longitude - 30 * signIndex(longitude),
    phase: moonPhase(sky.track('Sun').at(jd), longitude).name,
    house: houses ? houseOf(longitude, houses) : null,
  };
}
