/** A report is held because its model no longer exists, and released: its missing steps use the newest version. */
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NeedsOperator } from '../../src/domain/errors.ts';
import type { RunSteps } from '../../src/domain/ports/work.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { editionOfStep } from '../../src/domain/report.ts';
import { createMoveReport } from '../../src/orders/operators/move-report.ts';
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

/** Asks what is missing, as planned. */
const asks =
  (asked: string[]): RunSteps =>
  async ({ report, plan, definition }) => {
    const standing = await bench.store.sections.steps(report);
    for (const { step, groups } of plan.steps.filter((each) => !standing.includes(each.step))) {
      asked.push(`${step} of ${definition.model.name}`);
      const answers = groups
        .flatMap((group) => group.questions)
        .map(({ id }) => ({ id, text: id }));
      const edition = editionOfStep(report, step);
      await bench.store.sections.insert({ ...sampleSection(report, step), edition, answers });
    }
  };

/** @returns what was asked after the release */
async function holdAndRelease(...deployed: ProductDefinition[]): Promise<string[]> {
  expect((await bench.carryOut({ runSteps: dies })(job, never)).kind).toBe('hold');
  const moveReport = createMoveReport({
    store: bench.store,
    catalogue: catalogueOf(...deployed),
    queue: noQueue,
    signals: noSignals,
    log: pino({ level: 'silent' }),
    clock: bench.now,
    timings,
  });
  await moveReport('release', job.reportId, { why: 'a new version is deployed' });
  const asked: string[] = [];
  const runSteps = asks(asked);
  const catalogue = catalogueOf(...deployed);
  expect((await bench.carryOut({ runSteps, catalogue })(job, never)).kind).toBe('done');
  return asked;
}

const audited = async () => (await bench.store.audit.ofOrder('ord_1')).map(({ detail }) => detail);

test('a released report without its model asks its missing steps under the newest version, audited', async () => {
  expect(await holdAndRelease(newer, old)).toEqual(['3 of gpt-5.4', '4 of gpt-5.4']);
  expect(await bench.stored()).toMatchObject({ state: 'delivered', version: 2, model: 'gpt-5.4' });
  expect(await audited()).toEqual([
    'a new version is deployed; version 1 with gpt-4o -> 2 with gpt-5.4, every section is kept',
  ]);
});

test('a section that does not fit the newest version is asked again, with all that follow', async () => {
  expect(await holdAndRelease(other, old)).toEqual([2, 3, 4].map((step) => `${step} of gpt-5.4`));
  expect(await bench.stored()).toMatchObject({
    state: 'delivered',
    editions: [
      { edition: 1, fromStep: 1 },
      { edition: 2, fromStep: 2 },
    ],
  });
  expect((await audited())[0]).toContain('asked again from step 2');
});

test('the same version is tried again if no newer one is deployed', async () => {
  expect(await holdAndRelease(old)).toEqual(['3 of gpt-4o', '4 of gpt-4o']);
  expect(await audited()).toEqual(['a new version is deployed']);
});
