import { describe, expect, test } from 'vitest';
import { createAgenda } from '../../simulation/agenda.ts';
import { type Bug, type Simulated, simulate } from '../../simulation/simulate.ts';

test('whatever dies, every paid order ends as promised', async () => {
  const all: Simulated[] = [];
  for (let seed = 1; seed <= 10; seed += 1) all.push(await simulate(seed, 5_000));
  expect(all.flatMap(({ violations }) => violations)).toEqual([]);
  // no day was empty: reports arrived on each
  expect(Math.min(...all.map(({ delivered }) => delivered))).toBeGreaterThan(5);
});

test('the same seed gives the same trace, and another seed another', async () => {
  const [first, again, other] = [
    await simulate(7, 2_000),
    await simulate(7, 2_000),
    await simulate(8, 2_000),
  ];
  expect(again).toEqual(first);
  expect(other.hash).not.toBe(first.hash);
});

test('the agenda fires in order of time, and equal times in the order they were added', () => {
  const agenda = createAgenda();
  const seen: number[] = [];
  const times = Array.from({ length: 200 }, (_, index) => (index * 37) % 50);
  const ids = times.map((at, index) =>
    agenda.add(at, () => {
      seen.push(index);
      if (index === 0) agenda.add(0, () => seen.push(-1)); // not in the same turn
    }),
  );
  for (const id of ids.slice(100)) agenda.remove(id);
  expect(agenda.next()).toBe(0);
  expect(agenda.fire(49)).toBe(100);
  const kept = times.slice(0, 100).map((at, index) => ({ at, index }));
  expect(seen).toEqual(kept.sort((a, b) => a.at - b.at).map(({ index }) => index));
  expect(agenda.fire(49)).toBe(1);
  expect(agenda.next()).toBe(Number.POSITIVE_INFINITY);
});

describe('it finds a deliberate fault within twenty days', () => {
  test.each([
    ['no-fence-check', 'a stale run moved a report'],
    ['blind-settle', 'an order was fulfilled twice'],
    ['section-upsert', 'a section was overwritten'],
    ['late-correction', 'a report is about another birth than its order'],
  ] as const)('%s', async (bug: Bug, what) => {
    const found: string[] = [];
    for (let seed = 1; seed <= 20 && !found.includes(what); seed += 1) {
      found.push(...(await simulate(seed, 5_000, bug)).violations);
    }
    expect(found).toContain(what);
  });
});
