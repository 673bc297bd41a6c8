import { expect, it } from 'vitest';
import { costMicros } from '../../src/llm/prices.ts';

const usage = { tokensIn: 3_000, tokensCached: 1_000, tokensOut: 10_000 };

it.each([
  ['gpt-4o', 2_000 * 2.5 + 1_000 * 1.25 + 10_000 * 10],
  ['gpt-4o-2024-08-06', 2_000 * 2.5 + 1_000 * 1.25 + 10_000 * 10],
  ['gpt-4o-mini', 2_000 * 0.15 + 1_000 * 0.075 + 10_000 * 0.6],
  ['gpt-5.4', 2_000 * 2.5 + 1_000 * 0.25 + 10_000 * 15],
  ['gpt-5.5', 2_000 * 5 + 1_000 * 0.5 + 10_000 * 30],
])('%s costs %d millionths of a dollar', (name, micros) => {
  expect(costMicros({ name, serviceTier: 'default' }, usage)).toBe(micros);
});

it('halves the price on the flex tier', () => {
  const full = costMicros({ name: 'gpt-5.4', serviceTier: 'default' }, usage);
  expect(costMicros({ name: 'gpt-5.4', serviceTier: 'flex' }, usage)).toBe(full / 2);
});

it('counts a model without a price as the most expensive, so that no spending is hidden', () => {
  const dearest = costMicros({ name: 'gpt-5.5', serviceTier: 'default' }, usage);
  expect(costMicros({ name: 'gpt-9', serviceTier: 'default' }, usage)).toBe(dearest);
});

it('rounds a fraction up', () => {
  const one = { tokensIn: 1, tokensCached: 0, tokensOut: 0 };
  expect(costMicros({ name: 'gpt-4o-mini', serviceTier: 'default' }, one)).toBe(1);
});
