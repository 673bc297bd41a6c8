/** One scheduler for every shape of plan: what begins when, in which order, and how many at once. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallPlan, StepPlan } from '../../src/domain/call-plan.ts';
import { ContentFault } from '../../src/domain/errors.ts';
import type { AskStep } from '../../src/domain/ports/work.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type Desk, idsOf, openDesk, stepOf } from '../llm/desk.ts';
import { definitionOf, heldAskStep, planOf, sectionOf } from './steps-desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const log = createLog({ level: 'silent', pretty: false, process: 'test' });

function run(askStep: AskStep, plan: CallPlan, width: number): Promise<void> {
  const deps = { store: desk.store, askStep, signals: { wake() {} }, log };
  const { signal } = new AbortController();
  const definition = definitionOf(width);
  return createRunSteps(deps)({ report: desk.report, definition, plan, signal });
}

async function standing(): Promise<number[]> {
  return (await desk.store.sections.steps(desk.report)).sort((a, b) => a - b);
}

/** Each step's needs, by number from 1; quotes the ids of what it needs. */
function graphOf(...needs: number[][]): CallPlan {
  const plan = planOf(0, (answers) => answers.map(({ id }) => id).join(' '));
  const steps = needs.map((each, index) => stepOf(idsOf(1, index + 1), index + 1, each));
  return { ...plan, steps };
}

it('begins a step as soon as all that it needs have sections, and gives a free place to the lowest number', async () => {
  const { askStep, next, asked } = heldAskStep();
  // 5 is ready before 3 and 4 are, but a place is free only later
  const ended = run(askStep, graphOf([], [], [1], [1, 2], [], [4]), 2);
  const [first, second] = [await next(), await next()];
  expect(asked).toEqual([1, 2]);
  first.answer();
  const third = await next();
  expect(asked).toEqual([1, 2, 3]);
  second.answer();
  const fourth = await next();
  expect(asked).toEqual([1, 2, 3, 4]);
  third.answer();
  const fifth = await next();
  fourth.answer();
  (await next()).answer();
  fifth.answer();
  await ended;
  expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
});

it('resumes a graph from the steps that have sections, whatever their numbers', async () => {
  for (const step of [1, 4]) {
    await desk.store.sections.insert(sectionOf(step, desk.context()));
  }
  const digests: [number, string | null][] = [];
  const askStep: AskStep = async (step, context) => {
    digests.push([step.step, context.digest]);
    await context.save(sectionOf(step.step, context));
  };
  await run(askStep, graphOf([], [1], [1], [1], [3, 4, 2]), 3);
  expect(digests).toEqual([
    [2, 's1-q1 s1-q2'],
    [3, 's1-q1 s1-q2'],
    [5, 's2-q1 s2-q2 s3-q1 s3-q2 s4-q1 s4-q2'],
  ]);
});

it('lets every lane that is in flight end after an error in one, and begins none of their next steps', async () => {
  const { askStep, next, asked } = heldAskStep();
  const ended = run(askStep, graphOf([], [], [], [1], [2], [3]), 3);
  const [first, second, third] = [await next(), await next(), await next()];
  const fault = new ContentFault('two answers missing');
  second.fail(fault);
  first.answer();
  third.answer();
  await expect(ended).rejects.toBe(fault);
  expect(asked).toEqual([1, 2, 3]);
  expect(await standing()).toEqual([1, 3]);
});

it('asks anything in "from step N" and above again, and nothing below it, in a plan of lanes', async () => {
  for (const step of [1, 2, 3, 4, 5, 6]) {
    await desk.store.sections.insert(sectionOf(step, desk.context()));
  }
  const editions = [...desk.report.editions, { edition: 2, fromStep: 4 }];
  const seen: [number, string | null][] = [];
  const runSteps = createRunSteps({
    store: desk.store,
    askStep: async (step, context) => {
      seen.push([step.step, context.digest]);
      await context.save({
        ...sectionOf(step.step, context, 2),
        answers: [{ id: 'new', text: '' }],
      });
    },
    signals: { wake: () => {} },
    log,
  });
  const [report, definition] = [{ ...desk.report, editions }, definitionOf(3)];
  const plan = graphOf([], [1], [1], [2], [3], [4]);
  const { signal } = new AbortController();
  await runSteps({ report, definition, plan, signal });
  expect(seen).toEqual([
    [4, 's2-q1 s2-q2'],
    [5, 's3-q1 s3-q2'],
    [6, 'new'],
  ]);
});

it.each([
  ['of a higher number', graphOf([], [3], []), 'step 2: needs [3]: 3 is not lower than 2'],
  ['of itself', graphOf([], [2]), 'step 2: needs [2]: 2 is not lower than 2'],
  ['that the plan does not have', graphOf([], [0]), 'step 2: needs [0]: the plan has no step 0'],
  ['named twice', graphOf([], [1, 1]), 'step 2: needs [1, 1]: name each step once'],
])('refuses a plan with a need %s, and asks nothing', async (_, plan, told) => {
  const { askStep, asked } = heldAskStep();
  await expect(run(askStep, plan, 2)).rejects.toMatchObject({
    code: 'plan',
    message: expect.stringContaining(`src/products/horoscope/v1: the plan of horoscope 1: ${told}`),
  });
  expect(asked).toEqual([]);
});

it('runs a random graph at any width: never more at once, never before its needs, each step once', async () => {
  const numbers = fc.integer({ min: 0, max: 30 });
  const graphs = fc.array(fc.array(numbers, { maxLength: 4 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 6 }), async (wishes, width) => {
      const needs = wishes.map((wish, index) => [
        ...new Set(wish.map((each) => each % (index + 1)).filter((each) => each > 0)),
      ]);
      const stored = new Set<number>();
      const order: number[] = [];
      let most = 0;
      let open = 0;
      const askStep: AskStep = async (step: StepPlan) => {
        expect(step.needs.every((need) => stored.has(need))).toBe(true);
        order.push(step.step);
        open += 1;
        most = Math.max(most, open);
        for (let turns = step.step % 3; turns >= 0; turns -= 1) await Promise.resolve();
        open -= 1;
        stored.add(step.step);
      };
      await createRunSteps({
        store: { ...desk.store, sections: { ...desk.store.sections, steps: async () => [] } },
        askStep,
        signals: { wake: () => {} },
        log,
      })({
        report: desk.report,
        definition: definitionOf(width),
        plan: { ...graphOf(...needs), digest: null },
        signal: new AbortController().signal,
      });
      expect(order.toSorted((a, b) => a - b)).toEqual(needs.map((_, index) => index + 1));
      expect(most).toBeLessThanOrEqual(width);
    }),
  );
});
