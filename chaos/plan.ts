/** What will go wrong and when, all from the seed before anything starts. */
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
  'failover',
  'store-away',
  'model-fault',
  'blob-fault',
  'mail-fault',
  'payment-fault',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface PlannedFault {
  /** milliseconds from the start */
  atMs: number;
  kind: FaultKind;
  /** 0 to below 1; decides which process, how long and which kind of fault */
  draw: number;
  /** how long Redis is away, milliseconds; default: 0.5 to 2.5 lives of a lock */
  ms?: number;
}

export interface PlannedOrder {
  atMs: number;
  products: string[];
  pays: boolean;
  /** time from the order to its payment, milliseconds */
  hesitatesMs: number;
  webhooks: {
    /** 0: no webhook ever comes, and the customer's return page confirms */
    times: number;
    delayMs: number;
    /** a method that settles later: two events, and the second comes first */
    shuffled: boolean;
  };
  /** what the customer, or the bank, does to a paid order some seconds later */
  regrets?: 'won' | 'lost' | 'erased' | null;
  /** what the customer does as soon as it is paid; left out: nothing */
  inGrace?: InGrace;
}

/** `correct`: corrects and starts at once, so that both race. `wait`: until the grace is over, if there is one */
export type InGrace = 'start' | 'correct' | 'cancel' | 'wait';

export interface Plan {
  orders: PlannedOrder[];
  faults: PlannedFault[];
}

/** Workers die most often, because both a deploy and a crash kill them. */
const WEIGHTS: Record<FaultKind, number> = {
  'kill-worker': 8,
  'stop-worker': 4,
  'suspend-worker': 3,
  'kill-api': 2,
  'suspend-api': 1,
  'kill-redis': 1,
  'flush-redis': 1,
  'cut-redis': 1,
  failover: 1,
  'store-away': 1,
  'model-fault': 3,
  'blob-fault': 1,
  'mail-fault': 1,
  'payment-fault': 1,
};
/** One order in ten is for a large report, early enough to meet many faults. */
const SMALL = ['life-clarity', 'blueprint', 'personal-horoscope', 'bundle'];
const LARGE = ['large-blueprint', 'large-horoscope', 'large-blueprint', 'large-blueprint'];
const LARGE_EVERY = 10;
const LARGE_UNTIL = 0.4;
/** Share of orders that are disputed or erased. */
const REGRETS = 0.08;
/** Most do not wait: two minutes, at the usual time scale, are long here. */
const IN_GRACE: readonly InGrace[] = [
  ...Array<InGrace>(5).fill('start'),
  ...Array<InGrace>(4).fill('correct'),
  'cancel',
  'wait',
];
/** Orders come in the first part of the time, and faults for a little longer. */
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
      const inGrace = drawn(IN_GRACE, 'start');
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
        inGrace,
        regrets:
          random() < REGRETS && inGrace !== 'cancel'
            ? drawn(['won', 'lost', 'erased'], 'won')
            : null,
      };
    }),
  };
}

/** A short hash, equal for equal plans. */
export function planHash(plan: Plan): string {
  return hash('sha256', JSON.stringify(plan)).slice(0, 16);
}
