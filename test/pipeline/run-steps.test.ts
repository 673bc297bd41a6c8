import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallPlan } from '../../src/domain/call-plan.ts';
import { ContentFault } from '../../src/domain/errors.ts';
import { newCall } from '../../src/domain/model-call.ts';
import type { AskStep } from '../../src/domain/ports/work.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type Desk, openDesk } from '../llm/desk.ts';
import { answersOf, definitionOf, heldAskStep, planOf, sectionOf } from './steps-desk.ts';

let desk: Desk;
let woken: string[];

beforeEach(async () => {
  desk = await openDesk();
  woken = [];
});
afterEach(() => desk.close());

function run(askStep: AskStep, plan: CallPlan, width: number, signal?: AbortSignal) {
  const runSteps = createRunSteps({
    store: desk.store,
    askStep,
    signals: { wake: (orderId) => woken.push(orderId) },
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
  });
  return runSteps({
    report: desk.report,
    definition: definitionOf(width),
    plan,
    signal: signal ?? new AbortController().signal,
  });
}

async function standing(): Promise<number[]> {
  return (await desk.store.sections.steps(desk.report)).sort((a, b) => a - b);
}

/** Answers at once. */
const prompt: AskStep = (step, context) => context.save(sectionOf(step.step, context));

it('saves every step as a section and wakes the order each time', async () => {
  await run(prompt, planOf(3), 2);
  expect(await standing()).toEqual([1, 2, 3]);
  const first = await desk.store.sections.find(desk.report.id, 1, 1);
  expect(first?.answers).toEqual(answersOf(1));
  expect(woken).toEqual(['ord_desk', 'ord_desk', 'ord_desk']);
});

it('asks only the steps that are missing', async () => {
  const context = desk.context();
  await desk.store.sections.insert(sectionOf(2, context));
  const { askStep, next, asked } = heldAskStep();
  const ended = run(askStep, planOf(3), 1);
  (await next()).answer();
  (await next()).answer();
  await ended;
  expect(asked).toEqual([1, 3]);
});

it('starts the next step as soon as any other ends', async () => {
  const { askStep, next, asked } = heldAskStep();
  const ended = run(askStep, planOf(5), 2);
  const first = await next();
  const second = await next();
  expect(asked).toEqual([1, 2]);
  second.answer();
  const third = await next();
  expect(third.step).toBe(3);
  third.answer();
  const fourth = await next();
  expect(asked).toEqual([1, 2, 3, 4]);
  first.answer();
  fourth.answer();
  (await next()).answer();
  await ended;
});

it('gives each step a digest of the stored section before it', async () => {
  const digests: (string | null)[] = [];
  const askStep: AskStep = async (step, context) => {
    digests.push(context.digest);
    await context.save(sectionOf(step.step, context));
  };
  const plan = planOf(3, (answers) => answers.map((answer) => answer.id).join(' '));
  await desk.store.sections.insert(sectionOf(1, desk.context()));
  await run(askStep, plan, 1);
  expect(digests).toEqual(['s1-q1 s1-q2', 's2-q1 s2-q2']);
});

it('reads the section for a digest from the right edition', async () => {
  await desk.store.sections.insert(sectionOf(1, desk.context()));
  const editions = [...desk.report.editions, { edition: 2, fromStep: 2 }];
  const report = { ...desk.report, editions };
  const digests: (string | null)[] = [];
  const runSteps = createRunSteps({
    store: desk.store,
    askStep: async (step, context) => {
      digests.push(context.digest);
      await context.save(sectionOf(step.step, context, 2));
    },
    signals: { wake: () => {} },
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
  });
  await runSteps({
    report,
    definition: definitionOf(1),
    plan: planOf(3, (answers) => answers[0]?.id ?? ''),
    signal: new AbortController().signal,
  });
  expect(digests).toEqual(['s1-q1', 's2-q1']);
});

it('starts no step after the first error, and lets those in flight finish and saves them', async () => {
  const { askStep, next, asked } = heldAskStep();
  const ended = run(askStep, planOf(5), 2);
  const first = await next();
  const second = await next();
  const fault = new ContentFault('two answers missing');
  first.fail(fault);
  await new Promise((resolve) => setImmediate(resolve));
  expect(second.context.signal.aborted).toBe(false);
  second.answer();
  await expect(ended).rejects.toBe(fault);
  expect(asked).toEqual([1, 2]);
  expect(await standing()).toEqual([2]);
});

it('aborts the calls in flight when the run must stop, and still saves an answer that arrives', async () => {
  const controller = new AbortController();
  const reason = new Error('closing');
  const begun = Promise.withResolvers<void>();
  const askStep: AskStep = (step, context) =>
    new Promise((resolve, reject) => {
      context.signal.addEventListener('abort', () => {
        if (step.step === 2) resolve(context.save(sectionOf(step.step, context)));
        else reject(context.signal.reason);
      });
      if (step.step === 2) begun.resolve();
    });
  const ended = run(askStep, planOf(4), 2, controller.signal);
  await begun.promise;
  controller.abort(reason);
  await expect(ended).rejects.toBe(reason);
  expect(await standing()).toEqual([2]);
});

it('stops with the reason of the run’s own signal, and asks nothing once it has aborted', async () => {
  const controller = new AbortController();
  const reason = new Error('closing');
  const { askStep, next, asked } = heldAskStep();
  const ended = run(askStep, planOf(3), 1, controller.signal);
  await next();
  controller.abort(reason);
  await expect(ended).rejects.toBe(reason);
  await expect(run(askStep, planOf(3), 1, controller.signal)).rejects.toBe(reason);
  expect(asked).toEqual([1]);
});

it('uses the section of another run that was faster', async () => {
  const theirs = { ...sectionOf(1, desk.context()), tokensOut: 999 };
  const askStep: AskStep = async (step, context) => {
    if (step.step === 1) await desk.store.sections.insert(theirs);
    await context.save(sectionOf(step.step, context));
  };
  await run(askStep, planOf(2), 1);
  expect(await desk.store.sections.find(desk.report.id, 1, 1)).toMatchObject({ tokensOut: 999 });
  expect(await standing()).toEqual([1, 2]);
});

it('drops a step’s raw answers once its section is saved', async () => {
  const rawOf = async () => {
    const calls = await desk.store.modelCalls.ofReport(desk.report.id);
    return calls.map((call) => call.raw);
  };
  const askStep: AskStep = async (step, context) => {
    const { id: reportId, orderId } = context.report;
    const of = { reportId, orderId, edition: 1, step: step.step, fence: 1, model: 'gpt-4o' };
    const answered = { outcome: 'answered', raw: '{"answers":[]}' } as const;
    await desk.store.modelCalls.open(newCall({ ...of, asked: [], ...answered }, new Date()));
    expect(await rawOf()).toContain('{"answers":[]}');
    await context.save(sectionOf(step.step, context));
  };
  await run(askStep, planOf(2), 1);
  expect(await rawOf()).toEqual([null, null]);
});
