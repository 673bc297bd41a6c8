/** What operators are told of models that end. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCatalogue } from '../../../src/domain/catalogue.ts';
import type { ProductDefinition } from '../../../src/domain/product.ts';
import { createWatchModels } from '../../../src/orders/watch/watch-models.ts';
import { sampleDefinition, sampleOrder, sampleReport } from '../../workers/sample.ts';
import { HOUR, openWatching, type Watching } from './watching.ts';

const DAY = 24 * HOUR;
const LAST_DAY = '2026-09-01'; // 184 days from the beginning
const v1 = sampleDefinition({ promisedMs: HOUR });
const named = (name: string) => ({ ...v1.model, name });
const v2 = { ...v1, version: 2, model: named('gpt-6-luna') };

let watching: Watching;
beforeEach(async () => {
  watching = await openWatching();
});
afterEach(() => watching.close());

/** Looks every hour, while workers ask the provider. @param names models that it answers about */
async function lookFor(
  ms: number,
  definitions: readonly ProductDefinition[],
  { known = LAST_DAY, names = ['gpt-4o', 'gpt-6-luna'] as string[] } = {},
): Promise<void> {
  const { store } = watching;
  const lastDay = (name: string) => (name === 'gpt-4o' ? known : null);
  const catalogue = createCatalogue(definitions, [], lastDay);
  const watch = createWatchModels({ ...watching.base, catalogue });
  for (let passed = 0; passed < ms; passed += 12 * HOUR) {
    watching.pass(Math.min(12 * HOUR, ms - passed));
    for (const name of names) await store.models.lives(name, undefined, watching.now());
    await watch();
  }
}
const told = () => watching.told();

test('an operator is told once each when 90, 30 and 7 days are left, and when the product is not sold any more', async () => {
  await lookFor(94 * DAY, [v1]); // the end of the last day is 184.5 days away
  expect(await told()).toEqual([]);
  const ends = `a model ends: gpt-4o, last day ${LAST_DAY}`;
  await lookFor(DAY, [v1]);
  expect(await told()).toEqual([ends]);
  const [letter] = await watching.alerts();
  expect(letter?.note).toMatch(/90 days are left|89 days are left/);
  expect(letter?.note).toContain('blueprint v1');
  await lookFor(60 * DAY, [v1]);
  expect(await told()).toEqual([ends, ends]);
  await lookFor(23 * DAY, [v1]);
  expect(await told()).toEqual([ends, ends, ends]);
  await lookFor(10 * DAY, [v1]);
  expect(await told()).toEqual([ends, ends, ends, 'not sold any more: blueprint']);
});

test('who starts when few days are left is told once, not once for each threshold', async () => {
  watching.pass(180 * DAY);
  await lookFor(2 * DAY, [v1]);
  expect(await told()).toEqual([`a model ends: gpt-4o, last day ${LAST_DAY}`]);
});

test('a later day that the provider names is told as a new end, and an earlier one counts at once', async () => {
  watching.pass(180 * DAY);
  await lookFor(DAY, [v1]);
  await lookFor(DAY, [v1], { known: '2026-09-20' });
  await watching.store.models.lives('gpt-4o', '2026-09-05', watching.now());
  await lookFor(DAY, [v1], { known: '2026-09-20' });
  expect(await told()).toEqual([
    'a model ends: gpt-4o, last day 2026-09-01',
    'a model ends: gpt-4o, last day 2026-09-20',
    'a model ends: gpt-4o, last day 2026-09-05',
  ]);
});

test('the letter says what open reports continue with, or that they will be held', async () => {
  watching.pass(180 * DAY);
  await lookFor(DAY, [{ ...v1, successors: [named('gpt-6-luna')] }]);
  const [letter] = await watching.alerts();
  expect(letter?.note).toContain('open reports continue with gpt-6-luna by themselves');
  await watching.store.models.isGone('gpt-4o', watching.now());
  await lookFor(DAY, [v1], { names: [] });
  const [, gone] = await watching.alerts();
  expect(gone?.note).toMatch(/no longer has a model: gpt-4o/);
  expect(gone?.note).toContain('open reports will be held');
});

test('a model that the provider no longer has is told once, however long that lasts', async () => {
  await watching.store.models.isGone('gpt-4o', watching.now());
  await lookFor(2 * DAY, [v1], { names: [] });
  expect((await told()).toSorted()).toEqual([
    'not sold any more: blueprint',
    'the provider no longer has a model: gpt-4o',
  ]);
  await lookFor(DAY, [v1]);
  expect((await told()).at(-1)).toBe('over: not sold any more: blueprint');
});

test('the model of an old version is told of only while reports of it are open', async () => {
  watching.pass(180 * DAY);
  await lookFor(DAY, [v2, v1]);
  expect(await told()).toEqual([]);
  await watching.store.orders.insert(sampleOrder('ord_1'));
  await watching.store.reports.upsert([sampleReport('ord_1')]);
  await lookFor(DAY, [v2, v1]);
  expect(await told()).toEqual([`a model ends: gpt-4o, last day ${LAST_DAY}`]);
});

test('three days without an answer about a model of a product on sale are told, and their end', async () => {
  await lookFor(DAY, [v2], { names: ['gpt-6-luna'] });
  await lookFor(2.5 * DAY, [v2], { names: [] });
  expect(await told()).toEqual([]);
  await lookFor(DAY, [v2], { names: [] });
  const unheard = 'nothing was heard of a model for three days: gpt-6-luna';
  expect(await told()).toEqual([unheard]);
  await lookFor(DAY, [v2], { names: ['gpt-6-luna'] });
  expect(await told()).toEqual([unheard, `over: ${unheard}`]);
});

test('a model that nobody was ever asked about is told after three days', async () => {
  await lookFor(4 * DAY, [v2], { names: [] });
  expect(await told()).toEqual(['nothing was heard of a model for three days: gpt-6-luna']);
});
