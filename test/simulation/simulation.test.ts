import { describe, expect, test } from 'vitest';
import { type Bug, type Simulated, simulate } from '../../simulation/simulate.ts';

test('whatever dies, every paid order ends as promised', async () => {
  const all: Simulated[] = [];
  for (let seed = 1; seed <= 10; seed += 1) all.push(await simulate(seed, 5_000));
  expect(all.flatMap(({ violations }) => violations)).toEqual([]);
  // the days were not empty: reports arrived in every one
  expect(Math.min(...all.map(({ delivered }) => delivered))).toBeGreaterThan(5);
});

test('the same seed gives the same trace, another seed another', async () => {
  const [first, again, other] = [
    await simulate(7, 2_000),
    await simulate(7, 2_000),
    await simulate(8, 2_000),
  ];
  expect(again).toEqual(first);
  expect(other.hash).not.toBe(first.hash);
});

describe('it finds a fault put in on purpose', () => {
  test.each([
    ['no-fence-check', 'a stale run moved a report'],
    ['blind-settle', 'an order was fulfilled twice'],
    ['section-upsert', 'a section was written over'],
  ] as const)('%s', async (bug: Bug, what) => {
    const found: string[] = [];
    for (let seed = 1; seed <= 25 && !found.includes(what); seed += 1) {
      found.push(...(await simulate(seed, 5_000, bug)).violations);
    }
    expect(found).toContain(what);
  });
});
