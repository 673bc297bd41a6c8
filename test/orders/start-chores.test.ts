import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/domain/ports/store.ts';
import { type Chore, startChores } from '../../src/orders/start-chores.ts';
import { eventually } from '../eventually.ts';
import { openSample } from '../workers/sample.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
let started: { close(): Promise<void> }[];
beforeEach(async () => {
  sample = await openSample();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((chores) => chores.close()));
  await sample.close();
});

const LEASE_MS = 600;

/** As one process starts it. */
function start(chore: Omit<Chore, 'everyMs'>, change: { store?: Store; now?: () => Date } = {}) {
  const { store = sample.store, now: clock = () => new Date() } = change;
  const log = pino({ level: 'silent' });
  const chores = startChores([{ everyMs: 1, ...chore }], {
    store,
    log,
    clock,
    timings: { lease: LEASE_MS },
  });
  started.push(chores);
  return chores;
}

const holder = () => sample.store.leases.take('money', 'somebody else', new Date(), LEASE_MS);

test('a turn that fails is followed by the next one', async () => {
  let turns = 0;
  start({
    name: 'money',
    async turn() {
      turns += 1;
      throw new Error('the store is away');
    },
  });
  await eventually(async () => expect(turns).toBeGreaterThan(2));
});

test('a lease by turns is never in two hands, and goes round', async () => {
  const seen: string[] = [];
  let atWork = 0;
  let most = 0; // a turn that throws is only logged: looked at afterwards
  for (const name of ['one', 'two']) {
    start({
      name: 'money',
      lease: 'turn',
      async turn() {
        atWork += 1;
        most = Math.max(most, atWork);
        await new Promise((resolve) => setTimeout(resolve, 2));
        seen.push(name);
        atWork -= 1;
      },
    });
  }
  await eventually(async () => expect(new Set(seen)).toEqual(new Set(['one', 'two'])));
  expect(most).toBe(1);
});

test('a lease is renewed during a turn that outlasts it', async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const turn = async () => {
    begun.resolve();
    await goOn.promise;
  };
  start({ name: 'money', lease: 'turn', turn });
  await begun.promise;
  const until = Date.now() + 3 * LEASE_MS;
  const taken: boolean[] = [];
  while (Date.now() < until) {
    taken.push(await holder());
    await new Promise(setImmediate);
  }
  goOn.resolve();
  expect(new Set(taken)).toEqual(new Set([false]));
});

test('a turn whose lease was lost, as in a process that was suspended, is told to stop', async () => {
  let asleepMs = 0;
  const told = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const turn = async (stop: AbortSignal) => {
    begun.resolve();
    await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
    told.resolve();
  };
  // its clock is behind: to everybody else its lease has run out
  start({ name: 'money', lease: 'turn', turn }, { now: () => new Date(Date.now() - asleepMs) });
  await begun.promise;
  asleepMs = 10 * LEASE_MS;
  await eventually(async () => expect(await holder()).toBe(true));
  await told.promise;
});

test('closing ends the pause, waits for the turn, and gives a kept lease back', async () => {
  const begun = Promise.withResolvers<void>();
  const turn = async (stop: AbortSignal) => {
    begun.resolve();
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve));
  };
  const chores = start({ name: 'money', lease: 'keep', turn });
  await begun.promise;
  expect(await holder()).toBe(false);
  await chores.close();
  expect(await holder()).toBe(true);
});
