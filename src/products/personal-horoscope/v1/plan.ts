/** The horoscope's calls: 8,620 questions in reading order, cut into 161 steps. */
import type { Subject } from '../../../domain/birth.ts';
import type { CallPlan, Question, QuestionGroup, StepPlan } from '../../../domain/call-plan.ts';
import type { PeriodFacts, ReportFacts } from '../../../domain/sky.ts';
import { personLines } from '../../shared/person-lines.ts';
import { readPrompt } from '../../shared/read-prompt.ts';
import { digest } from './digest.ts';
import { periodLines } from './period-lines.ts';
import { periodTitle } from './period-title.ts';
import { questionsFor } from './questions.ts';

const SYSTEM = readPrompt(new URL('./prompts/system.md', import.meta.url));

/**
 * Questions per step: 87 x 54 + 74 x 53 = 8,620. 54 answers of 800 characters are about 10,800
 * tokens, the most that stays safely below the 12,000 that a call may write.
 */
export const STEP_SIZES: readonly number[] = [
  ...new Array<number>(87).fill(54),
  ...new Array<number>(74).fill(53),
];

export function plan(facts: ReportFacts, subject: Subject): CallPlan {
  return {
    system: SYSTEM,
    person: personLines(facts, subject),
    steps: stepsOf(facts.periods, subject.reportYear.timeZone),
    digest,
  };
}

/** A step holds the periods that it covers. The first and the last are often only partly in it. */
function stepsOf(periods: readonly PeriodFacts[], timeZone: string): StepPlan[] {
  const asked = periods.flatMap((period) =>
    questionsFor(period.period).map((question) => ({ period, question })),
  );
  let from = 0;
  return STEP_SIZES.map((size, index) => {
    const slice = asked.slice(from, from + size);
    from += size;
    return {
      step: index + 1,
      // one after another: each quotes the one before
      needs: index === 0 ? [] : [index],
      voice: 'horoscope',
      instructions: '',
      groups: groupsOf(slice, timeZone),
    };
  });
}

export function groupsOf(
  asked: readonly { period: PeriodFacts; question: Question }[],
  timeZone: string,
): QuestionGroup[] {
  return [...Map.groupBy(asked, ({ period }) => period)].map(([period, entries]) => ({
    title: periodTitle(period.period),
    facts: periodLines(period, timeZone),
    questions: entries.map(({ question }) => question),
  }));
}
