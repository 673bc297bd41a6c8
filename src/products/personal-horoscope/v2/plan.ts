/**
 * The horoscope's calls as a graph. Steps 1-25 ask what spans days, from the longest down. Steps 26-161 ask the days,
 * in a lane for each report month. A step needs the steps of the longer periods that its own lie in, and a day step the
 * one before it in its lane; no step needs another lane. The longest chain has 15 steps.
 */
import type { Subject } from '../../../domain/birth.ts';
import type { CallPlan, StepPlan } from '../../../domain/call-plan.ts';
import type { Period, PeriodKind, ReportFacts } from '../../../domain/sky.ts';
import { personLines } from '../../shared/person-lines.ts';
import { readPrompt } from '../../shared/read-prompt.ts';
import { groupsOf } from '../v1/plan.ts';
import { type Asked, lanes, overlap, wideSteps } from './cut.ts';
import { digestOf } from './digest.ts';

const SYSTEM = readPrompt(new URL('../v1/prompts/system.md', import.meta.url));

/** From the shortest up. */
const LENGTHS: readonly PeriodKind[] = ['day', 'week', 'month', 'half'];

/** A step before it is numbered. */
interface Cut {
  asked: Asked[];
  /** the step before it in its lane */
  before: number | null;
}

export function plan(facts: ReportFacts, subject: Subject): CallPlan {
  const { timeZone } = subject.reportYear;
  const wide = wideSteps(facts.periods).map((asked): Cut => ({ asked, before: null }));
  const days = lanes(facts.periods).flatMap((lane) =>
    lane.map((asked, index) => ({ asked, continues: index > 0 })),
  );
  const cuts = [
    ...wide,
    ...days.map(({ asked, continues }, index): Cut => {
      return { asked, before: continues ? wide.length + index : null };
    }),
  ];
  const periods = facts.periods.map(({ period }) => period);
  const holders = stepsHolding(wide);
  const longer = cuts.map(({ asked }) => longerPeriods(asked, periods));
  const steps = cuts.map(({ asked, before }, index): StepPlan => {
    const needs = (longer[index] ?? []).flatMap(({ id }) => holders.get(id) ?? []);
    if (before !== null) needs.push(before);
    return {
      step: index + 1,
      needs: [...new Set(needs)].sort((a, b) => a - b),
      voice: 'horoscope',
      instructions: '',
      groups: groupsOf(asked, timeZone),
    };
  });
  return {
    system: SYSTEM,
    person: personLines(facts, subject),
    steps,
    digest: (needed, { step }) => digestOf(needed, longer[step - 1] ?? []),
  };
}

/** @returns by period id the steps that ask about it; a period that is cut has two */
function stepsHolding(wide: readonly Cut[]): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  for (const [index, { asked }] of wide.entries()) {
    for (const id of new Set(asked.map(({ period }) => period.period.id))) {
      holders.set(id, [...(holders.get(id) ?? []), index + 1]);
    }
  }
  return holders;
}

/** @returns the periods longer than the step's own that those lie in, longest first */
function longerPeriods(asked: readonly Asked[], periods: readonly Period[]): Period[] {
  const own = [...new Set(asked.map(({ period }) => period.period))];
  const length = ({ kind }: Period): number => LENGTHS.indexOf(kind);
  return periods
    .filter((each) => own.some((one) => length(each) > length(one) && overlap(each, one)))
    .toSorted((a, b) => length(b) - length(a));
}
