import { expect, it } from 'vitest';
import { checkPlans } from '../../src/domain/check-plans.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { sampleDefinition } from '../workers/sample.ts';

const definitionWith = (...needs: number[][]) => {
  const definition = sampleDefinition({ id: 'tarot', version: 3, steps: needs.length });
  const { plan } = definition;
  return {
    ...definition,
    plan: (...of: Parameters<typeof plan>) => ({
      ...plan(...of),
      steps: plan(...of).steps.map((step, at) => ({ ...step, needs: needs[at] ?? [] })),
    }),
  };
};

it('every version of every product can be carried out', () => {
  expect(() => checkPlans(catalogue.definitions)).not.toThrow();
});

it('a need of a higher number stops the start, with the definition, the field and the fix', () => {
  expect(() => checkPlans([definitionWith([2], [])])).toThrow(
    'src/products/tarot/v3: the plan of tarot 3: step 1: needs [2]: 2 is not lower than 1: name lower steps only',
  );
});

it('of many flaws the first three of each definition are told, and how many more there are', () => {
  const flawed = definitionWith([9], [9], [9], [9], [9]);
  expect(() => checkPlans([flawed, { ...flawed, id: 'runes' }])).toThrow(
    /tarot 3: step 1: .*; step 2: .*; step 3: .*; and 2 more\n.*runes 3: step 1/,
  );
});

it.each([0, -1, 1.5, Number.NaN])('a width of %s stops the start', (width) => {
  expect(() => checkPlans([{ ...definitionWith([], [1]), width }])).toThrow(
    `src/products/tarot/v3/definition.ts: width: write a whole number from 1, not ${width}`,
  );
});
