/** A claimed report, a definition of any width, and an askStep whose answers the test releases. */
import type { Answer, CallPlan, StepPlan } from '../../src/domain/call-plan.ts';
import type { AskStep, StepContext } from '../../src/domain/ports/work.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import type { Section } from '../../src/domain/section.ts';
import { idsOf, LENGTH, MODEL, stepOf } from '../llm/desk.ts';
import { sampleDefinition } from '../workers/sample.ts';

export function planOf(steps: number, digest: CallPlan['digest'] = null): CallPlan {
  return {
    system: 'You write. Each answer has between 200 and 400 characters.',
    person: ['Sun in Leo'],
    // with a digest one after another, else all independent
    steps: Array.from({ length: steps }, (_, index) =>
      stepOf(idsOf(2, index + 1), index + 1, digest && index > 0 ? [index] : []),
    ),
    digest,
  };
}

export function definitionOf(width: number): ProductDefinition {
  return sampleDefinition({
    id: 'horoscope',
    model: MODEL,
    answerLength: LENGTH,
    limits: { callMs: 20_000, softMs: 60_000, hardMs: 66_000 },
    width,
    steps: 3,
  });
}

export function answersOf(step: number): Answer[] {
  return idsOf(2, step).map((id) => ({ id, text: `Text of ${id}.` }));
}

export function sectionOf(step: number, { report, model }: StepContext, edition = 1): Section {
  return {
    reportId: report.id,
    orderId: report.orderId,
    edition,
    step,
    answers: answersOf(step),
    model: model.name,
    calls: 1,
    tokensIn: 10,
    tokensCached: 0,
    tokensOut: 5,
    costMicros: 7,
    completedAt: new Date().toISOString(),
  };
}

export interface Question {
  step: number;
  context: StepContext;
  answer(section?: Section): void;
  fail(error: unknown): void;
}

/** An askStep whose calls wait, in order, until the test answers, fails or aborts them. */
export function heldAskStep(): { askStep: AskStep; next(): Promise<Question>; asked: number[] } {
  const waiting: Question[] = [];
  const takers: ((question: Question) => void)[] = [];
  const asked: number[] = [];
  return {
    asked,
    next: () =>
      new Promise((resolve) => {
        const question = waiting.shift();
        if (question) resolve(question);
        else takers.push(resolve);
      }),
    askStep: (step: StepPlan, context: StepContext) =>
      new Promise((resolve, reject) => {
        asked.push(step.step);
        context.signal.addEventListener('abort', () => reject(context.signal.reason));
        const question: Question = {
          step: step.step,
          context,
          answer: (section = sectionOf(step.step, context)) => resolve(context.save(section)),
          fail: reject,
        };
        const taker = takers.shift();
        if (taker) taker(question);
        else waiting.push(question);
      }),
  };
}
