import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS, planChaos, planHash } from '../../chaos/plan.ts';
import { runChaos } from '../../chaos/run-chaos.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-chaos-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const extent = { orders: 200, durationMs: 600_000, faultEveryMs: 2_000 };

test('a seed always gives the same plan, and a long plan has every fault and every product', () => {
  const plan = planChaos(1, extent);
  expect(planChaos(1, extent)).toEqual(plan);
  expect(planHash(planChaos(1, extent))).toBe(planHash(plan));
  expect(planHash(planChaos(2, extent))).not.toBe(planHash(plan));
  expect(new Set(plan.faults.map(({ kind }) => kind))).toEqual(new Set(FAULTS));
  const ordered = new Set(plan.orders.flatMap(({ products }) => products));
  for (const product of ['large-blueprint', 'large-horoscope', 'bundle']) {
    expect(ordered).toContain(product);
  }
});

test('fifteen seconds of chaos lose nothing and repeat nothing', async () => {
  const options = {
    seed: 5,
    orders: 6,
    minutes: 0.25,
    timeScale: 5,
    faultEvery: 2,
    store: 'sqlite',
  } as const;
  const verdict = await runChaos({ ...options, folder });
  expect(verdict).toMatchObject({
    ok: true,
    lost: 0,
    duplicateDeliveries: 0,
    unpaidStarted: 0,
    sectionsRewritten: 0,
    staleWrites: 0,
    otherBirths: 0,
    leftBehind: [],
  });
  expect(verdict.delivered + verdict.refunded).toBeGreaterThan(3);
}, 300_000);
