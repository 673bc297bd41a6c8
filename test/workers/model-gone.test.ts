/** The provider ends a report's model: a successor finishes it by itself; without one an operator decides. */
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NeedsOperator } from '../../src/domain/errors.ts';
import type { RunSteps } from '../../src/domain/ports/work.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { editionOfStep } from '../../src/domain/report.ts';
import { createMoveReport } from '../../src/orders/operators/move-report.ts';
import { createReviveReport } from '../../src/orders/operators/revive-report.ts';
import { sweep } from '../../workers/sweeper.ts';
import { noQueue, noSignals } from './nobody.ts';
import { catalogueOf, sampleDefinition, sampleSection } from './sample.ts';
import { type Bench, job, never, openBench, timings } from './turn-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.paidReport();
});
afterEach(() => bench.close());

const old = sampleDefinition();
const model = { ...old.model, name: 'gpt-5.4' };
const newer = sampleDefinition({ version: 2, model });
const named = (...names: string[]) => names.map((name) => ({ ...old.model, name }));
const succeeded = sampleDefinition({ successors: named('next-1', 'next-2') });
/** asks something else from step 2 on */
const other = sampleDefinition({
  version: 2,
  model,
  plan(facts, subject) {
    const plan = old.plan(facts, subject);
    const steps = plan.steps.map((step) =>
      step.step === 1
        ? step
        : { ...step, groups: [{ title: '', facts: [], questions: questions(step.step) }] },
    );
    return { ...plan, steps };
  },
});
const questions = (step: number) =>
  ['x', 'y'].map((part) => ({ id: `n${step}-${part}`, text: '' }));

/** Two steps are answered, then the model no longer exists. */
const dies: RunSteps = async ({ report }) => {
  for (const step of [1, 2]) await bench.store.sections.insert(sampleSection(report, step));
  throw new NeedsOperator('openai_model', 'the model is gone');
};

/** Asks what is missing, as planned. @param gone models that the provider no longer has */
const asks =
  (asked: string[], gone: readonly string[] = []): RunSteps =>
  async ({ report, plan, definition }) => {
    const standing = await bench.store.sections.steps(report);
    for (const { step, groups } of plan.steps.filter((each) => !standing.includes(each.step))) {
      if (gone.includes(definition.model.name)) {
        throw new NeedsOperator('openai_model', 'the model is gone');
      }
      asked.push(`${step} of ${definition.model.name}`);
      const answers = groups
        .flatMap((group) => group.questions)
        .map(({ id }) => ({ id, text: id }));
      const edition = editionOfStep(report, step);
      await bench.store.sections.insert({ ...sampleSection(report, step), edition, answers });
    }
  };

const run = async (runSteps: RunSteps, ...definitions: ProductDefinition[]) =>
  (await bench.carryOut({ runSteps, catalogue: catalogueOf(...definitions) })(job, never)).kind;

const moving = (definitions: ProductDefinition[]) => ({
  store: bench.store,
  catalogue: catalogueOf(...definitions),
  queue: noQueue,
  signals: noSignals,
  log: pino({ level: 'silent' }),
  clock: bench.now,
  timings,
});
const release = (definitions: ProductDefinition[], askAgain?: boolean) =>
  createMoveReport(moving(definitions))('release', job.reportId, {
    why: 'a new version is deployed',
    askAgain,
  });

/** @returns what was asked after the release */
async function holdAndRelease(
  deployed: ProductDefinition[],
  askAgain?: boolean,
): Promise<string[]> {
  expect(await run(dies, old)).toBe('hold');
  await release(deployed, askAgain);
  const asked: string[] = [];
  expect(await run(asks(asked), ...deployed)).toBe('done');
  return asked;
}

async function sweepOnce(...definitions: ProductDefinition[]): Promise<void> {
  await sweep({
    store: bench.store,
    catalogue: catalogueOf(...definitions),
    queue: { ensure: async () => 'present' },
    commitPaidOrder: async () => {},
    settleOrder: async () => {},
    sendEmail: async () => {},
    timings,
    log: pino({ level: 'silent' }),
    clock: bench.now,
  });
}

const audited = async () => (await bench.store.audit.ofOrder('ord_1')).map(({ detail }) => detail);
const alerts = async () =>
  (await bench.store.emails.created({}, ['due'], ['alert'], 99)).map(({ note }) => note ?? '');

test('a report whose model is refused in mid-run waits for its next run with the first successor, and repeats no step', async () => {
  expect(await run(dies, succeeded)).toBe('snooze');
  expect(await bench.stored()).toMatchObject({
    state: 'waiting',
    reason: 'model_ended',
    notBefore: null,
    attempts: 0,
    version: 1,
    model: 'gpt-4o',
    successor: 'next-1',
  });
  const asked: string[] = [];
  expect(await run(asks(asked), succeeded)).toBe('done');
  expect(asked).toEqual(['3 of next-1', '4 of next-1']);
  expect(await audited()).toEqual(['version 1 with gpt-4o -> next-1, every section is kept']);
});

test('a successor that is gone too is passed over', async () => {
  const gone = ['gpt-4o', 'next-1'];
  const asked: string[] = [];
  const kinds: string[] = [];
  while (!kinds.includes('done')) kinds.push(await run(asks(asked, gone), succeeded));
  expect(kinds).toEqual(['snooze', 'snooze', 'done']);
  expect(asked).toEqual([1, 2, 3, 4].map((step) => `${step} of next-2`));
});

test('a report is held when no successor is left, and no provider that lists and refuses models sends it round', async () => {
  const runs: string[] = [];
  while (!runs.includes('hold')) {
    // between the runs the provider lists all of them again
    for (const name of ['gpt-4o', 'next-1', 'next-2']) {
      await bench.store.models.lives(name, null, bench.now());
    }
    runs.push(await run(asks([], ['gpt-4o', 'next-1', 'next-2']), succeeded));
  }
  expect(runs).toEqual(['snooze', 'snooze', 'hold']);
  for (const name of ['gpt-4o', 'next-1', 'next-2']) {
    await bench.store.models.lives(name, null, bench.now());
  }
  await sweepOnce(succeeded);
  expect((await bench.stored()).state).toBe('held');
});

test('a run that begins after the model was refused elsewhere does not ask it again', async () => {
  await bench.store.models.isGone('gpt-4o', bench.now());
  const asked: string[] = [];
  expect(await run(asks(asked, ['gpt-4o']), succeeded)).toBe('done');
  expect(asked).toEqual([1, 2, 3, 4].map((step) => `${step} of next-1`));
  expect(await audited()).toHaveLength(1);
});

test('a successor whose last day has passed is not taken', async () => {
  await bench.store.models.lives('next-1', '2025-12-31', bench.now());
  expect(await run(dies, succeeded)).toBe('snooze');
  expect(await bench.stored()).toMatchObject({ successor: 'next-2' });
});

test('a report that was held before its definition had successors is released by the sweep, with its time', async () => {
  expect(await run(dies, old)).toBe('hold');
  const { deadline } = await bench.stored();
  bench.pass(60_000);
  await sweepOnce(succeeded);
  const report = await bench.stored();
  expect(report).toMatchObject({ state: 'waiting', reason: null, successor: 'next-1' });
  expect(Date.parse(report.deadline) - Date.parse(deadline)).toBe(60_000);
  expect(await alerts()).toEqual([]); // the model's own alarm tells of it
});

test('a report held for its model while its payment is disputed is not released by itself', async () => {
  expect(await run(dies, old)).toBe('hold');
  await bench.store.orders.change('ord_1', { disputedAt: bench.now().toISOString() });
  await sweepOnce(succeeded);
  expect((await bench.stored()).state).toBe('held');
});

test('a released report continues with its own model if the provider has named it since', async () => {
  expect(await run(dies, old)).toBe('hold');
  bench.pass(60_000);
  await bench.store.models.lives('gpt-4o', null, bench.now());
  await release([succeeded]);
  expect(await bench.stored()).toMatchObject({ state: 'waiting', successor: null });
});

test('a released report without its model and without a successor asks its missing steps under the newest version, audited', async () => {
  expect(await holdAndRelease([newer, old])).toEqual(['3 of gpt-5.4', '4 of gpt-5.4']);
  expect(await bench.stored()).toMatchObject({ state: 'delivered', version: 2, model: 'gpt-5.4' });
  expect(await audited()).toEqual([
    'a new version is deployed; version 1 with gpt-4o -> 2 with gpt-5.4, every section is kept',
  ]);
});

test('a release that would ask finished steps again is refused with their number until the operator says so', async () => {
  expect(await run(dies, old)).toBe('hold');
  await expect(release([other, old])).rejects.toMatchObject({
    code: 'report_asks_again',
    message: expect.stringContaining('1 finished steps would be asked, and paid for, once more'),
  });
  expect((await bench.stored()).state).toBe('held');
  expect(await audited()).toEqual([]);
});

test("Bull Board's retry, which cannot say so, is refused in the same way", async () => {
  expect(await run(dies, old)).toBe('hold');
  const deps = moving([other, old]);
  const revive = createReviveReport({ ...deps, moveReport: createMoveReport(deps) });
  await expect(revive(job.reportId, 'by a button')).rejects.toMatchObject({
    code: 'report_asks_again',
  });
  expect((await bench.stored()).state).toBe('held');
});

test('a section that does not fit the newest version is asked again, with all that follow', async () => {
  const asked = await holdAndRelease([other, old], true);
  expect(asked).toEqual([2, 3, 4].map((step) => `${step} of gpt-5.4`));
  expect(await bench.stored()).toMatchObject({
    state: 'delivered',
    editions: [
      { edition: 1, fromStep: 1 },
      { edition: 2, fromStep: 2 },
    ],
  });
  expect((await audited())[0]).toContain('asked again from step 2, 1 of 2 finished steps');
});

test('the same version is tried again if no newer one is deployed, or if the newer one has no living model', async () => {
  expect(await holdAndRelease([old])).toEqual(['3 of gpt-4o', '4 of gpt-4o']);
  expect(await audited()).toEqual(['a new version is deployed']);
});

test('a newer version whose model is gone too is no way out', async () => {
  expect(await run(dies, old)).toBe('hold');
  await bench.store.models.isGone('gpt-5.4', bench.now());
  await release([other, old]);
  expect(await bench.stored()).toMatchObject({ state: 'waiting', version: 1, model: 'gpt-4o' });
});

test('without a living successor the letter about the held report says what to do', async () => {
  expect(await run(dies, old)).toBe('hold');
  await sweepOnce(old);
  expect(await alerts()).toEqual([expect.stringMatching(/openai_model\n.*\n.*no successor lives/)]);
});
