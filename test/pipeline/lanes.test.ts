/** The horoscope's lanes ask the same at every width, whatever stops the run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { personalHoroscopeV2 } from '../../src/products/personal-horoscope/v2/definition.ts';
import { openStore } from '../../src/store/open-store.ts';
import { carryOut, place } from './recorded/carry-out.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-lanes-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** @returns a hash of each step's requests @param stops the run after so many sections, each time */
async function requestsAt(width: number, stops: readonly number[] = []) {
  const store = await openStore(`sqlite:${join(folder, `${width}.db`)}`);
  const definition = { ...personalHoroscopeV2, width };
  await place(store, definition);
  const before = new Set<number>();
  for (const stop of stops) {
    const { report } = await carryOut(store, definition, stop);
    for (const step of await store.sections.steps(report)) before.add(step);
  }
  const { perStep, requests } = await carryOut(store, definition);
  await store.close();
  return { perStep, before, requests };
}

it('version 2 of the horoscope sends the same requests at width 1 as at width 12, byte for byte', async () => {
  const one = await requestsAt(1);
  const twelve = await requestsAt(12);
  expect(new Set(one.perStep).size).toBe(161);
  expect(twelve.perStep).toEqual(one.perStep);
  expect(one.requests.map(({ step }) => step)).toEqual(
    one.requests.map(({ step }) => step).toSorted((a, b) => a - b),
  );
  expect(twelve.requests.length).toBe(one.requests.length);
});

it('a run of twelve lanes that is stopped in the middle asks afterwards what it would have asked, and no step again', async () => {
  const whole = await requestsAt(11);
  const { perStep, before, requests } = await requestsAt(12, [30, 50]);
  expect(before.size).toBeGreaterThan(80);
  expect(requests.filter(({ step }) => before.has(step))).toEqual([]);
  // steps whose first answer arrived, but was not whole, ask for the rest only
  const asked = new Set(requests.map(({ step }) => step));
  const differ = perStep.filter((hash, at) => asked.has(at + 1) && hash !== whole.perStep[at]);
  expect(differ.length).toBeLessThanOrEqual(12);
});
