/** What will go wrong, and when: all of it from the seed, before anything has begun. */
import { randomFrom } from './random.ts';

export const FAULTS = [
  'kill-worker',
  'stop-worker',
  'suspend-worker',
  'kill-api',
  'kill-redis',
  'flush-redis',
  'cut-redis',
  'lock-store',
  'model-fault',
  'blob-fault',
  'mail-fault',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface PlannedFault {
  /** milliseconds from the beginning */
  atMs: number;
  kind: FaultKind;
  /** 0 to below 1: which process, how long, which kind of fault */
  draw: number;
}

export interface PlannedOrder {
  atMs: number;
  products: string[];
  pays: boolean;
  /** how often the webhook comes; 0: never, and the customer's return page confirms */
  webhooks: number;
}

export interface Plan {
  orders: PlannedOrder[];
  faults: PlannedFault[];
}

/** Workers die most often: that is what a deploy and a crash have in common. */
const WEIGHTS: Record<FaultKind, number> = {
  'kill-worker': 8,
  'stop-worker': 4,
  'suspend-worker': 3,
  'kill-api': 2,
  'kill-redis': 1,
  'flush-redis': 1,
  'cut-redis': 1,
  'lock-store': 1,
  'model-fault': 3,
  'blob-fault': 1,
  'mail-fault': 1,
};
/** Orders come in the first part of the time, faults in a little more of it. */
const ORDERS_UNTIL = 0.7;
const FAULTS_UNTIL = 0.85;

/** @param faultEveryMs mean time between two faults */
export function planChaos(
  seed: number,
  {
    orders,
    durationMs,
    faultEveryMs,
  }: { orders: number; durationMs: number; faultEveryMs: number },
): Plan {
  const random = randomFrom(seed);
  const lots = FAULTS.flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind));
  const drawn = <T>(from: readonly T[], otherwise: T): T =>
    from[Math.floor(random() * from.length)] ?? otherwise;
  const faults: PlannedFault[] = [];
  for (let atMs = 0; ; ) {
    atMs += faultEveryMs * (0.5 + random());
    if (atMs > durationMs * FAULTS_UNTIL) break;
    faults.push({ atMs: Math.round(atMs), kind: drawn(lots, 'kill-worker'), draw: random() });
  }
  return {
    faults,
    orders: Array.from({ length: orders }, (_, index) => ({
      atMs: Math.round((durationMs * ORDERS_UNTIL * index) / orders),
      products: drawn([['life-clarity'], ['blueprint'], ['personal-horoscope'], ['bundle']], []),
      pays: random() < 0.9,
      webhooks: drawn([0, 1, 1, 2, 3], 1),
    })),
  };
}
