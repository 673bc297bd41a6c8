/** Subjects, facts and answers for product tests: real charts, and a small made-up sky for each period. */
import { computeChart } from '../../src/astrology/chart.ts';
import { periodsOf } from '../../src/astrology/periods.ts';
import type { Subject } from '../../src/domain/birth.ts';
import type { Answer, CallPlan } from '../../src/domain/call-plan.ts';
import { questionsOf } from '../../src/domain/call-plan.ts';
import type { Part, ReportDocument } from '../../src/domain/document.ts';
import type { Period, PeriodFacts, ReportFacts } from '../../src/domain/sky.ts';

const LONDON = {
  name: 'London, United Kingdom',
  latitude: 51.5074,
  longitude: -0.1278,
  timeZone: 'Europe/London',
};

export function subjectOf(
  wish: {
    name?: string;
    place?: Subject['birth']['place'];
    utc?: string;
    time?: string | null;
    startDate?: string;
    houseSystem?: Subject['houseSystem'];
  } = {},
): Subject {
  const { name = 'Zoë Łukasz', place = LONDON, utc = '1990-06-15T10:00:00Z' } = wish;
  return {
    birth: {
      name,
      date: utc.slice(0, 10),
      time: wish.time === undefined ? '11:00' : wish.time,
      place,
      utc,
      offsetSeconds: 3600,
    },
    reportYear: { startDate: wish.startDate ?? '2026-11-21', timeZone: place.timeZone },
    houseSystem: wish.houseSystem ?? 'placidus',
    zodiac: 'tropical',
  };
}

export function factsOf(subject: Subject): ReportFacts {
  const { birth, houseSystem, zodiac, reportYear } = subject;
  return {
    ephemeris: 'test 1.0',
    chart: computeChart({
      utc: birth.utc,
      timeKnown: birth.time !== null,
      latitude: birth.place.latitude,
      longitude: birth.place.longitude,
      houseSystem,
      zodiac,
    }),
    periods: periodsOf(reportYear.startDate).map(periodFacts),
    year: periodFacts({
      id: 'h1',
      kind: 'half',
      number: 1,
      first: '2026-11-21',
      last: '2027-05-20',
    }).transits,
  };
}

function periodFacts(period: Period): PeriodFacts {
  return {
    period,
    moon: { sign: 'Libra', degree: 12.07, phase: 'Waxing Gibbous', house: 5 },
    transits: [
      {
        transiting: 'Mars',
        aspect: 'trine',
        natal: 'Venus',
        begins: `${period.first}T06:00:00Z`,
        exact: [`${period.first}T18:00:00Z`],
        ends: `${period.last}T20:00:00Z`,
        house: 5,
      },
    ],
    events: [
      {
        kind: 'ingress',
        at: `${period.last}T12:00:00Z`,
        body: 'Venus',
        text: 'Venus enters Leo',
        house: null,
      },
    ],
  };
}

/** One answer per question, in the plan's order. Each names its own id. */
export function answersTo(plan: Pick<CallPlan, 'steps'>): Answer[] {
  return plan.steps
    .flatMap(questionsOf)
    .map(({ id }) => ({ id, text: `What is said of ${id}. ${'More of it. '.repeat(20).trim()}` }));
}

/** As the horoscope's book prints them: period by period, whatever the order in which they were asked. */
export function byPeriod(answers: readonly Answer[], { periods }: Pick<ReportFacts, 'periods'>) {
  const places = new Map(periods.map(({ period }, index) => [period.id, index]));
  const placeOf = ({ id }: Answer): number => places.get(id.slice(0, id.indexOf('-'))) ?? -1;
  return answers.toSorted((a, b) => placeOf(a) - placeOf(b)); // stable: areas keep their order
}

export async function* stored(answers: readonly Answer[]): AsyncGenerator<Answer> {
  yield* answers;
}

export async function partsOf(document: ReportDocument): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of document.parts) parts.push(part);
  return parts;
}
