/** The 8,620 questions: twenty life areas for each of the 431 periods, in reading order. */
import type { Question } from '../../../domain/call-plan.ts';
import type { Period, PeriodKind } from '../../../domain/sky.ts';
import { AREAS, type AreaKey } from './areas.ts';
import { DAY_QUESTIONS } from './questions/day.ts';
import { HALF_QUESTIONS } from './questions/half.ts';
import { MONTH_QUESTIONS } from './questions/month.ts';
import { WEEK_QUESTIONS } from './questions/week.ts';

const WORDINGS: Readonly<Record<PeriodKind, Readonly<Record<AreaKey, readonly string[]>>>> = {
  day: DAY_QUESTIONS,
  week: WEEK_QUESTIONS,
  month: MONTH_QUESTIONS,
  half: HALF_QUESTIONS,
};

/** @returns the period's twenty questions; ids are `<period id>-<area key>`: `d001-identity` */
export function questionsFor(period: Pick<Period, 'id' | 'kind' | 'number'>): Question[] {
  return AREAS.map((key) => {
    const wordings = WORDINGS[period.kind][key];
    const text = wordings[(period.number - 1) % wordings.length];
    if (text === undefined) throw new Error(`no wording for ${period.kind} ${key}`);
    return { id: `${period.id}-${key}`, text };
  });
}
