/** What will go wrong, and when: all of it from the seed, before anything has begun. */
import { hash } from 'node:crypto';
import { randomFrom } from '../sandbox/wire/random.ts';

export const FAULTS = [
  'kill-worker',
  'stop-worker',
  'suspend-worker',
  'kill-api',
  'suspend-api',
  'kill-redis',
  'flush-redis',
  'cut-redis',
  'store-away',
  'model-fault',
  'blob-fault',
  'mail-fault',
  'payment-fault',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface PlannedFault {
  /** milliseconds from the beginning */
  atMs: number;
  kind: FaultKind;
  /** 0 to below 1: which process, how long, which kind of fault */
  draw: number;
  /** how long Redis is away, milliseconds; default: some locks' lives */
  ms?: number;
}

export interface PlannedOrder {
  atMs: number;
  products: string[];
  pays: boolean;
  /** from the order to its payment, milliseconds */
  hesitatesMs: number;
  webhooks: {
    /** 0: none ever comes, and the customer's return page confirms */
    times: number;
    delayMs: number;
    /** a method that settles later: two events, the second of which comes first */
    shuffled: boolean;
  };
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
  'suspend-api': 1,
  'kill-redis': 1,
  'flush-redis': 1,
  'cut-redis': 1,
  'store-away': 1,
  'model-fault': 3,
  'blob-fault': 1,
  'mail-fault': 1,
  'payment-fault': 1,
};
/** Large reports are rare, and begun early enough to be met by many faults: one of these in ten orders. */
const SMALL = ['life-clarity', 'blueprint', 'personal-horoscope', 'bundle'];
const LARGE = ['large-blueprint', 'large-horoscope', 'large-blueprint', 'large-blueprint'];
const LARGE_EVERY = 10;
const LARGE_UNTIL = 0.4;
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
    orders: Array.from({ length: orders }, (_, index) => {
      const share = index / orders;
      const turn = Math.floor(index / LARGE_EVERY);
      const large = share < LARGE_UNTIL && index % LARGE_EVERY === 3;
      const small = drawn(SMALL, 'blueprint');
      return {
        atMs: Math.round(durationMs * ORDERS_UNTIL * share),
        products: [(large && LARGE[turn % LARGE.length]) || small],
        pays: random() < 0.9,
        hesitatesMs: Math.round(random() * 1_000),
        webhooks: {
          times: drawn([0, 1, 1, 2, 3], 1),
          delayMs: random() < 0.3 ? Math.round(random() * 5_000) : 0,
          shuffled: random() < 0.15,
        },
      };
    }),
  };
}

/** Short mark of a plan: equal for equal plans. */
export function planHash(plan: Plan): string {
  return hash('sha256', JSON.stringify(plan)).slice(0, 16);
}
