import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWatchLife, showLife, type WatchLife } from '../../../src/orders/watch/life.ts';
import { openWatching, timings, type Watching } from './watching.ts';

let watching: Watching;
beforeEach(async () => {
  watching = await openWatching();
});
afterEach(() => watching.close());

const start = (kind: 'api' | 'workers') => createWatchLife(watching.base, kind);

/** All that are alive give their signs and look, for so long. */
async function live(ms: number, ...alive: WatchLife[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += timings.lifeSign) {
    watching.pass(timings.lifeSign);
    for (const each of alive) await each();
  }
}

/** A worker that sweeps. */
function sweeping(worker: WatchLife): WatchLife {
  return async () => {
    await worker();
    await showLife(watching.base, 'sweep');
  };
}

test('the death of all workers is told by the API within two minutes, once, and their return as well', async () => {
  const [api, one, two] = [start('api'), sweeping(start('workers')), sweeping(start('workers'))];
  await live(300_000, api, one, two);
  await live(300_000, api, two);
  expect(await watching.told()).toEqual([]);
  await live(60_000, api);
  expect(await watching.told()).toEqual(['no worker is alive']);
  await live(600_000, api);
  expect(await watching.told()).toHaveLength(1);
  await live(20_000, api, one);
  expect(await watching.told()).toEqual(['no worker is alive', 'over: no worker is alive']);
  await live(60_000, api);
  expect((await watching.told()).at(-1)).toBe('no worker is alive');
});

test("the API's death is told by the workers, and its return as well", async () => {
  const [api, worker] = [start('api'), sweeping(start('workers'))];
  await live(300_000, api, worker);
  await live(60_000, worker);
  expect(await watching.told()).toEqual(['the API is not alive']);
  await live(10_000, api, worker);
  expect((await watching.told()).at(-1)).toBe('over: the API is not alive');
});

test('who has just started, or was itself suspended, tells of nobody before it has watched for long enough', async () => {
  await live(60_000, start('api'), sweeping(start('workers')));
  watching.pass(12 * 3_600_000);
  const api = start('api');
  await live(30_000, api);
  const worker = sweeping(start('workers'));
  await live(300_000, api, worker);
  watching.pass(12 * 3_600_000); // the machine slept
  await live(10_000, api);
  await live(300_000, api, worker);
  expect(await watching.told()).toEqual([]);
});

test('an API process that has just started does not end the alarm that another has told', async () => {
  const [api, worker] = [start('api'), sweeping(start('workers'))];
  await live(60_000, api, worker);
  await live(60_000, api);
  const late = start('api');
  await live(120_000, api, late);
  expect(await watching.told()).toEqual(['no worker is alive']);
});

test('workers that live and do not sweep are told after a minute', async () => {
  const [api, worker] = [start('api'), start('workers')];
  await live(60_000, api, sweeping(worker));
  await live(50_000, api, worker);
  expect(await watching.told()).toEqual([]);
  await live(20_000, api, worker);
  expect(await watching.told()).toEqual(['no sweep ends']);
});
