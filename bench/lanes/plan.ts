/** The horoscope's lanes, with a small made-up sky: what the bench and its worker processes carry out. */
import { questionsOf } from '../../src/domain/call-plan.ts';
import { newReport, type Report } from '../../src/domain/report.ts';
import { personalHoroscopeV2 } from '../../src/products/personal-horoscope/v2/definition.ts';
import { factsOf, subjectOf } from '../../test/products/sample.ts';

const subject = subjectOf();
export const plan = personalHoroscopeV2.plan(factsOf(subject), subject);

/** Version 2 with a model whose price every release knows. */
export function definitionAt(width: number) {
  const model = { ...personalHoroscopeV2.model, name: 'gpt-4o' };
  return { ...personalHoroscopeV2, model, width };
}

export function reportOf(orderId: string): Report {
  const now = new Date();
  const deadline = new Date(now.getTime() + 86_400_000);
  return newReport(orderId, definitionAt(1), { now, deadline });
}

/** @returns for each step, in order, its first question's id */
export const FIRSTS = plan.steps.map((step) => questionsOf(step)[0]?.id ?? '');
