/** Runs with one fault of Redis each, at a given moment, while many reports are open. */
import type { FaultKind, Plan } from './plan.ts';

interface Scenario {
  fault: FaultKind;
  atMs: number;
  /** how long Redis is away; whatever it does not keep is lost */
  ms: number;
  /** customers pay this long after they ordered */
  hesitatesMs: number;
}

export const SCENARIOS = {
  /** emptied while reports run and wait */
  flushall: { fault: 'flush-redis', atMs: 10_000, ms: 0, hesitatesMs: 0 },
  /** away, and back with its data */
  'outage-12': { fault: 'cut-redis', atMs: 10_000, ms: 12_000, hesitatesMs: 0 },
  /** killed, and back empty */
  'outage-40': { fault: 'kill-redis', atMs: 10_000, ms: 40_000, hesitatesMs: 0 },
  /** another server takes over: old connections stay with a read replica, and the address leads on after this */
  failover: { fault: 'failover', atMs: 10_000, ms: 2_000, hesitatesMs: 0 },
  /** away from before the first payment until after the last */
  'away-at-payment': { fault: 'cut-redis', atMs: 12_000, ms: 20_000, hesitatesMs: 14_000 },
} as const satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof SCENARIOS;

/** Every open report must run again within this after Redis is back, at production timings. */
export const PICKED_UP_MS = 60_000;
/** A slow model, so that reports are open when the fault comes. */
export const LATENCY_MS = 1_000;
/** All customers come within this time. */
const RUSH_MS = 10_000;
const PRODUCTS = ['life-clarity', 'blueprint', 'personal-horoscope'];

export function planScenario(name: ScenarioName, orders: number): Plan {
  const { fault, atMs, ms, hesitatesMs } = SCENARIOS[name];
  return {
    faults: [{ atMs, kind: fault, draw: 0, ms }],
    orders: Array.from({ length: orders }, (_, index) => ({
      atMs: Math.round((RUSH_MS * index) / orders),
      products: [PRODUCTS[index % PRODUCTS.length] ?? ''],
      pays: true,
      hesitatesMs,
      webhooks: { times: 1, delayMs: 0, shuffled: false },
    })),
  };
}

/** When Redis serves again, milliseconds from the start. */
export function backAt(name: ScenarioName): number {
  return SCENARIOS[name].atMs + SCENARIOS[name].ms;
}
