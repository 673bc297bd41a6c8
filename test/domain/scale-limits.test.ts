import { expect, test } from 'vitest';
import { scaleLimits } from '../../src/domain/scale-limits.ts';
import { catalogueOf, sampleDefinition } from '../workers/sample.ts';

const catalogue = catalogueOf(
  sampleDefinition({
    limits: { callMs: 1_000, softMs: 60_000, hardMs: 66_000 },
    promisedMs: 40_000,
  }),
);

test('limits and the promised time are divided like every wait, in listings and in look-ups', () => {
  const scaled = scaleLimits(catalogue, 20);
  const limits = { callMs: 50, softMs: 3_000, hardMs: 3_300 };
  expect(scaled.products[0]).toMatchObject({ id: 'blueprint', limits, promisedMs: 2_000 });
  expect(scaled.definition('blueprint', 1)).toMatchObject({ limits });
  expect(scaled.definition('blueprint', 2)).toBeNull();
});

test("in production the products' own limits apply", () => {
  expect(scaleLimits(catalogue, 1)).toBe(catalogue);
});
