import { expect, test } from 'vitest';
import { scaleLimits } from '../../workers/scale-limits.ts';
import { catalogueOf, sampleDefinition } from './sample.ts';

const catalogue = catalogueOf(
  sampleDefinition({ limits: { callMs: 1_000, softMs: 60_000, hardMs: 66_000 } }),
);

test('limits are divided like every wait, in listings and in look-ups', () => {
  const scaled = scaleLimits(catalogue, 20);
  const limits = { callMs: 50, softMs: 3_000, hardMs: 3_300 };
  expect(scaled.products[0]).toMatchObject({ id: 'blueprint', limits });
  expect(scaled.definition('blueprint', 1)).toMatchObject({ limits });
  expect(scaled.definition('blueprint', 2)).toBeNull();
});

test("in production the products' own limits apply", () => {
  expect(scaleLimits(catalogue, 1)).toBe(catalogue);
});
