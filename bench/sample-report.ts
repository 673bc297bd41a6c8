/** A report of any shape whose steps take the times that they are told. */
import type { CallPlan } from '../src/domain/call-plan.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import type { Report } from '../src/domain/report.ts';

export const MODEL = {
  name: 'gpt-4o',
  maxTokens: 12_000,
  temperature: 0.8,
  serviceTier: 'default',
} as const;
const SYSTEM = 'You write a personal horoscope in plain, warm English. '.repeat(90);
/** One step per time; the first question's id tells the model how long to take. */
export function benchPlan(
  times: readonly number[],
  questions: number | ((index: number) => number),
): CallPlan {
  return {
    system: SYSTEM,
    person: ['Sun 12 Leo, house 10', 'Moon 3 Aries, house 6'],
    steps: times.map((ms, index) => ({
      step: index + 1,
      voice: 'Almanac',
      instructions: '',
      groups: [
        {
          title: `Period ${index + 1}`,
          facts: ['Moon in Taurus, waxing', 'Venus trine natal Saturn, exact on the 4th'],
          questions: Array.from(
            { length: typeof questions === 'number' ? questions : questions(index) },
            (_, question) => ({
              id: `s${index + 1}-q${question + 1}-${ms}ms`,
              text: 'What does this period ask of the work?',
            }),
          ),
        },
      ],
    })),
    digest: null,
  };
}

export function benchDefinition(plan: CallPlan, width: number): ProductDefinition {
  const unused = (): never => {
    throw new Error('the bench does not read this');
  };
  return {
    id: 'bench',
    version: 1,
    title: 'Bench',
    summary: 'Bench.',
    queue: 'personal-horoscope',
    price: { currency: 'usd', amountMinor: 100 },
    caller: 'completion',
    model: MODEL,
    answerLength: { target: { min: 400, max: 800 }, hard: { min: 200, max: 1_000 } },
    limits: { callMs: 300_000, softMs: 600_000, hardMs: 660_000 },
    width,
    concurrency: 1,
    steps: plan.steps.length,
    answers: plan.steps.length,
    pages: null,
    gatherFacts: unused,
    plan: unused,
    document: unused,
  };
}

export function benchReport(name: string, plan: CallPlan): Report {
  return {
    id: `ord_${name}-bench`,
    orderId: `ord_${name}`,
    productId: 'bench',
    version: 1,
    model: MODEL.name,
    queue: 'personal-horoscope',
    state: 'waiting',
    reason: null,
    steps: plan.steps.length,
    answers: plan.steps.length,
    editions: [{ edition: 1, fromStep: 1 }],
    fence: 0,
    attempts: 0,
    crashes: 0,
    snoozes: 0,
    notBefore: null,
    deadline: '2100-01-01T00:00:00.000Z',
    runningMs: 0,
    runStartedAt: null,
    heldAt: null,
    pdf: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    settledAt: null,
  };
}
