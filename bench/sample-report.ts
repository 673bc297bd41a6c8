/** A report of any shape, whose steps take given times. */
import type { CallPlan } from '../src/domain/call-plan.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import type { Report } from '../src/domain/report.ts';
import { MODEL } from '../test/llm/desk.ts';
import { sampleDefinition, sampleReport } from '../test/workers/sample.ts';

const SYSTEM = 'You write a personal horoscope in plain, warm English. '.repeat(90);

/** One step per time; the first question's id tells the model how long to take. */
export function benchPlan(times: readonly number[], questions: number): CallPlan {
  return {
    system: SYSTEM,
    person: ['Sun 12 Leo, house 10', 'Moon 3 Aries, house 6'],
    steps: times.map((ms, index) => ({
      step: index + 1,
      needs: [],
      voice: 'Almanac',
      instructions: '',
      groups: [
        {
          title: `Period ${index + 1}`,
          facts: ['Moon in Taurus, waxing', 'Venus trine natal Saturn, exact on the 4th'],
          questions: Array.from({ length: questions }, (_, question) => ({
            id: `s${index + 1}-q${question + 1}-${ms}ms`,
            text: 'What does this period ask of the work?',
          })),
        },
      ],
    })),
    digest: null,
  };
}

export function benchDefinition(plan: CallPlan, width: number): ProductDefinition {
  return sampleDefinition({
    id: 'bench',
    model: MODEL,
    answerLength: { target: { min: 400, max: 800 }, hard: { min: 200, max: 1_000 } },
    limits: { callMs: 300_000, softMs: 600_000, hardMs: 660_000 },
    width,
    steps: plan.steps.length,
  });
}

export function benchReport(name: string, plan: CallPlan): Report {
  return sampleReport(`ord_${name}`, { productId: 'bench', steps: plan.steps.length });
}
