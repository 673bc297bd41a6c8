/** How the 8,620 questions are cut into 161 steps: 25 for what spans days, then one lane for each report month. */
import type { Question } from '../../../domain/call-plan.ts';
import type { Period, PeriodFacts } from '../../../domain/sky.ts';
import { questionsFor } from '../v1/questions.ts';

/** A question, and the period that it is about. */
export interface Asked {
  period: PeriodFacts;
  question: Question;
}

/** Steps for the 2 halves, the 12 months and the 52 weeks: 40, 240 and 1,040 questions. */
const WIDE_STEPS = { half: 1, month: 5, week: 19 } as const;
/** Day steps: 136 over twelve lanes, so each has 11, and the longest four one more. At most 57 questions a step. */
const LANE_STEPS = { least: 11, longer: 4 } as const;

/** @returns the questions of each step that spans days, in step order: halves, months, weeks */
export function wideSteps(periods: readonly PeriodFacts[]): Asked[][] {
  const kinds = ['half', 'month', 'week'] as const;
  return kinds.flatMap((kind) =>
    cut(
      periods.filter(({ period }) => period.kind === kind),
      WIDE_STEPS[kind],
    ),
  );
}

/** @returns for each report month its lane: the questions of each of its steps, in order of the days */
export function lanes(periods: readonly PeriodFacts[]): Asked[][][] {
  const months = periods.filter(({ period }) => period.kind === 'month');
  const days = months.map(({ period: month }) =>
    periods.filter(({ period }) => period.kind === 'day' && overlap(period, month)),
  );
  const longest = days
    .map((each, index) => ({ index, length: each.length }))
    .toSorted((a, b) => b.length - a.length) // stable: of equal ones the earlier
    .slice(0, LANE_STEPS.longer)
    .map(({ index }) => index);
  return days.map((each, index) => cut(each, LANE_STEPS.least + (longest.includes(index) ? 1 : 0)));
}

/** Whether two periods have a day in common. */
export function overlap(one: Period, other: Period): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** @returns the periods' questions in `parts` parts of equal size, the first ones larger by one where it must be */
function cut(periods: readonly PeriodFacts[], parts: number): Asked[][] {
  const asked = periods.flatMap((period) =>
    questionsFor(period.period).map((question) => ({ period, question })),
  );
  const edge = (part: number): number => {
    const larger = Math.min(part, asked.length % parts);
    return part * Math.floor(asked.length / parts) + larger;
  };
  return Array.from({ length: parts }, (_, part) => asked.slice(edge(part), edge(part + 1)));
}
