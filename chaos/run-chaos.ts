/** One run: a house, customers, a plan of faults, patience, and a verdict. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scaledTimings } from '../src/domain/patience.ts';
import { openStore } from '../src/store/open-store.ts';
import { shop } from './customer.ts';
import { type House, openHouse } from './house.ts';
import { keysLeft, processesLeft } from './left-behind.ts';
import { doMischief } from './mischief.ts';
import { operate } from './operator.ts';
import { measurePickUp, type PickUp } from './pick-up.ts';
import { type Plan, planChaos, planHash } from './plan.ts';
import { backAt, LATENCY_MS, PICKED_UP_MS, planScenario, type ScenarioName } from './scenario.ts';
import { reachVerdict, type Verdict } from './verdict.ts';

export interface ChaosOptions {
  seed: number;
  orders: number;
  minutes: number;
  timeScale: number;
  /** mean time between two faults, seconds */
  faultEvery: number;
  /** data and logs of this run */
  folder: string;
  store: 'sqlite' | 'mongo';
  /** one fault at one moment, instead of a plan from the seed */
  scenario?: ScenarioName;
}

export interface ChaosResult extends Verdict {
  seed: number;
  /** see planHash */
  plan: string;
  scenario?: ScenarioName;
  /** in a scenario, after Redis is back */
  runsAgainMs?: PickUp;
  store: string;
  /** jobs that would still run, leftover keys and processes, and processes that did not end when told to */
  leftBehind: string[];
  seconds: number;
}

/** Time after the faults for everything that must still be delivered: snoozes, held locks, retries. */
const PATIENCE_MS = 150_000;
/** A scenario's own time, after which patience begins. */
const SCENARIO_MS = 90_000;
const LATENCY_OF_CHAOS_MS = 150;

export function planOf(options: ChaosOptions): Plan {
  const { seed, orders, minutes, faultEvery, scenario } = options;
  if (scenario) return planScenario(scenario, orders);
  return planChaos(seed, {
    orders,
    durationMs: minutes * 60_000,
    faultEveryMs: faultEvery * 1_000,
  });
}

/** @throws if the house does not start */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, minutes, timeScale, folder, scenario } = options;
  const plan = planOf(options);
  const timings = scaledTimings(timeScale);
  const house = await openHouse({
    folder,
    timeScale,
    store: options.store,
    latencyMs: scenario ? LATENCY_MS : LATENCY_OF_CHAOS_MS,
    // a scenario measures how soon reports run
    ...(scenario && { environment: { GRACE: 'off' } }),
  });
  const store = await openStore(house.store.databaseUrl);
  const giveUp = new AbortController();
  try {
    const witnessed = house.store.watch(store);
    const began = Date.now();
    const until = (atMs: number) => sleep(Math.max(0, began + atMs - Date.now()));
    const endMs = (scenario ? SCENARIO_MS : minutes * 60_000) + PATIENCE_MS;
    const late = setTimeout(() => giveUp.abort(), endMs);

    let stillToCome = plan.faults.length;
    const faults = plan.faults.map(async (fault) => {
      await until(fault.atMs);
      note(house, { ...fault, began: Date.now() - began });
      // a fault that fails because of another must not end the run
      await doMischief(house, fault, timings).catch((error) =>
        note(house, { ...fault, error: String(error) }),
      );
      stillToCome -= 1;
    });
    const pickUp = scenario && until(backAt(scenario)).then(() => measurePickUp(store, 120_000));
    const customers = plan.orders.map(async (order, index) => {
      await until(order.atMs);
      const key = `chaos-${seed}-${index}`;
      return shop(house, order, key, 1 + (index % 250), giveUp.signal).catch((error) => {
        note(house, { gaveUp: key, order, error: String(error) });
        return null;
      });
    });
    const operator = operate(store, timings, () => stillToCome === 0, giveUp.signal);
    const shopped = await Promise.all(customers);
    await Promise.race([Promise.all(faults), until(endMs)]);
    const paid = shopped.flatMap((one) => (one?.paid ? [one.orderId] : []));
    await settled(house, paid, async (id) => (await store.orders.find(id))?.state !== 'paid', {
      until: began + endMs,
    });
    const runsAgainMs = await pickUp;
    clearTimeout(late);
    giveUp.abort();
    await operator;
    await sleep(2 * timings.sweep); // for the last letters, and for anything that must not come a second time

    const verdict = await reachVerdict(house, store, shopped, await witnessed());
    const keys = await keysLeft(house.redis.url());
    const stubborn = await house.close();
    const leftBehind = [...keys, ...stubborn, ...(await processesLeft(house.witnessFile))];
    const soonEnough = (runsAgainMs?.most ?? 0) <= PICKED_UP_MS;
    return {
      seed,
      plan: planHash(plan),
      scenario,
      ...verdict,
      ...(runsAgainMs && { runsAgainMs }),
      leftBehind,
      store: house.store.name,
      ok: verdict.ok && leftBehind.length === 0 && soonEnough,
      seconds: Math.round((Date.now() - began) / 1_000),
    };
  } finally {
    giveUp.abort();
    await house.close();
    await store.close();
  }
}

/** Waits until all are over or the time is up. The verdict shows which. */
async function settled(
  house: House,
  orderIds: readonly string[],
  isOver: (id: string) => Promise<boolean>,
  { until }: { until: number },
): Promise<void> {
  let open = [...orderIds];
  while (open.length > 0 && Date.now() < until) {
    const over = await Promise.all(open.map((id) => isOver(id).catch(() => false)));
    open = open.filter((_, index) => !over[index]);
    if (open.length > 0) await sleep(500);
  }
  if (open.length > 0) note(house, { open });
}

function note({ folder }: House, what: object): void {
  appendFileSync(join(folder, 'logs/chaos.log'), `${JSON.stringify(what)}\n`);
}
