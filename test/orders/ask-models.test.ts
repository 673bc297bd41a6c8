/** The daily question about models: who is asked, when, and what one odd answer does to the others. */
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import { createAskModels } from '../../src/orders/ask-models.ts';
import { catalogueOf, openSample, sampleDefinition } from '../workers/sample.ts';

const HOUR = 3_600_000;
const { model } = sampleDefinition();
const named = (name: string) => ({ ...model, name });
const catalogue = catalogueOf(
  sampleDefinition({ version: 2, model: named('new'), successors: [named('next')] }),
  sampleDefinition({ version: 1, model: named('old'), successors: [named('new')] }),
);

let sample: Awaited<ReturnType<typeof openSample>>;
let asked: string[];
let now: Date;
beforeEach(async () => {
  sample = await openSample();
  asked = [];
  now = new Date('2026-11-28T12:00:00.000Z');
});
afterEach(() => sample.close());

type Answers = Record<string, Error | { has: boolean; lastDay?: string | null; odd?: string }>;
function turn(answers: Answers = {}): Promise<void> {
  const askModels = createAskModels({
    store: sample.store,
    catalogue,
    timings: scaledTimings(1),
    log: pino({ level: 'silent' }),
    clock: () => now,
    async askModel(name) {
      asked.push(name);
      const answer = answers[name] ?? { has: true, lastDay: null };
      if (answer instanceof Error) throw answer;
      const { has, ...said } = answer;
      return has ? { has, lastDay: undefined, ...said } : { has };
    },
  });
  return askModels();
}
const rows = async () =>
  Object.fromEntries((await sample.store.models.all()).map(({ name, ...row }) => [name, row]));
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

test('every model of any version and every successor is asked about once a day, also after a restart', async () => {
  await turn();
  expect(asked.toSorted()).toEqual(['new', 'next', 'old']);
  pass(23 * HOUR);
  await turn();
  expect(asked).toHaveLength(3);
  pass(HOUR);
  await turn();
  expect(asked).toHaveLength(6);
});

test('a model that is gone is asked about every ten minutes, until the provider has it again', async () => {
  await turn({ old: { has: false } });
  asked = [];
  pass(HOUR / 6);
  await turn({ old: { has: true, lastDay: null } });
  expect(asked).toEqual(['old']);
  expect((await rows()).old).toMatchObject({ goneAt: null });
});

test.each([
  ['a fault', new TransientFault('openai_unavailable', 'away')],
  ['a refused key', new NeedsOperator('openai_key', 'refused')],
  ['a bug', new TypeError('x is not a function')],
])('%s with one model decides nothing about it, nor about the others', async (_, fault) => {
  await turn({ new: fault, next: { has: true, lastDay: '2027-01-14' }, old: { has: false } });
  expect(await rows()).toEqual({
    next: { lastDay: '2027-01-14', askedAt: now.toISOString(), goneAt: null },
    old: { lastDay: null, askedAt: now.toISOString(), goneAt: now.toISOString() },
  });
  asked = [];
  await turn();
  expect(asked).toEqual(['new']);
});

test('a last day that cannot be believed leaves the one that was told before', async () => {
  await turn({ old: { has: true, lastDay: '2027-01-14' } });
  pass(24 * HOUR);
  await turn({ old: { has: true, odd: '"soon"' } });
  expect((await rows()).old).toMatchObject({ lastDay: '2027-01-14', askedAt: now.toISOString() });
});
