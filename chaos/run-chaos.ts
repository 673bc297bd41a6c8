/** One run: a house, customers, a plan of faults, patience, and a verdict. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';
import { scaledTimings, type Timings } from '../src/domain/timings.ts';
import { createReleaseReport } from '../src/orders/release-report.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { shop } from './customer.ts';
import { type House, openHouse } from './house.ts';
import { doMischief } from './mischief.ts';
import { planChaos } from './plan.ts';
import { reachVerdict, type Verdict } from './verdict.ts';
import { watchDatabase } from './witness.ts';

export interface ChaosOptions {
  seed: number;
  orders: number;
  minutes: number;
  timeScale: number;
  /** mean time between two faults, seconds */
  faultEvery: number;
  /** data and logs of this run */
  folder: string;
}

/** after the faults, for what still has to be delivered: snoozes, holds of locks, retries */
const PATIENCE_MS = 180_000;

/** @throws when the house does not start */
export async function runChaos(options: ChaosOptions): Promise<Verdict & { seed: number }> {
  const { seed, orders, minutes, timeScale, folder } = options;
  const durationMs = minutes * 60_000;
  const plan = planChaos(seed, { orders, durationMs, faultEveryMs: options.faultEvery * 1_000 });
  const house = await openHouse(folder, timeScale);
  const store = await openStore(house.databaseUrl);
  const giveUp = new AbortController();
  try {
    watchDatabase(house.databaseFile);
    const began = Date.now();
    const until = (atMs: number) => sleep(Math.max(0, began + atMs - Date.now()));
    const timings = scaledTimings(timeScale);

    const faults = plan.faults.map(async (fault) => {
      await until(fault.atMs);
      note(house, { ...fault, began: Date.now() - began });
      // a fault that meets another in the act must not end the run
      await doMischief(house, fault, timings).catch((error) =>
        note(house, { ...fault, error: String(error) }),
      );
    });
    const customers = plan.orders.map(async (order, index) => {
      await until(order.atMs);
      return shop(house, order, `chaos-${seed}-${index}`, 1 + (index % 250), giveUp.signal);
    });
    const operator = keepReleasing(store, timings, giveUp.signal);
    const late = setTimeout(() => giveUp.abort(), durationMs + PATIENCE_MS);
    const shopped = await Promise.all(customers);
    await Promise.all(faults);
    await settled(
      house,
      shopped.filter(({ paid }) => paid).map(({ orderId }) => orderId),
      async (id) => (await store.orders.find(id))?.state !== 'paid',
      durationMs + PATIENCE_MS + began,
    );
    clearTimeout(late);
    giveUp.abort();
    await operator;
    await sleep(2 * timings.sweep); // the last letters, and what must not come a second time
    const verdict = await reachVerdict(house, store, shopped);
    const stubborn = await house.close();
    const leftBehind = verdict.leftBehind + stubborn.length;
    return { seed, ...verdict, leftBehind, ok: verdict.ok && stubborn.length === 0 };
  } finally {
    giveUp.abort();
    await house.close();
    await store.close();
  }
}

/** The operator on call: what is held (five crashes on one step, say) goes on, as often as it takes. */
async function keepReleasing(
  store: Store,
  timings: Pick<Timings, 'sweep'>,
  signal: AbortSignal,
): Promise<void> {
  const release = createReleaseReport({
    store,
    queue: { ensure: async () => 'present' }, // the sweeper adds the job
    signals: { wake: () => {} },
    log: createLog({ level: 'silent', pretty: false, process: 'chaos' }),
    clock: () => new Date(),
  });
  while (!signal.aborted) {
    const held = await store.reports.inStates(['held'], 100).catch(() => []);
    for (const { id } of held) await release(id, 'chaos is over').catch(() => {});
    await sleep(timings.sweep, undefined, { signal }).catch(() => {});
  }
}

/** Waits until all are over, or the time is up: the verdict says which. */
async function settled(
  house: House,
  orderIds: readonly string[],
  isOver: (id: string) => Promise<boolean>,
  until: number,
): Promise<void> {
  let open = [...orderIds];
  while (open.length > 0 && Date.now() < until) {
    const over = await Promise.all(open.map(isOver));
    open = open.filter((_, index) => !over[index]);
    if (open.length > 0) await sleep(500);
  }
  if (open.length > 0) note(house, { open });
}

function note({ folder }: House, what: object): void {
  appendFileSync(join(folder, 'logs/chaos.log'), `${JSON.stringify(what)}\n`);
}
