/** Signs of life in the store, and who misses them: API and workers watch each other. */
import type { Timings } from '../../domain/patience.ts';
import type { Store } from '../../domain/ports/store.ts';
import { type KeepAlarmsDeps, keepAlarms, utc } from '../letters/keep-alarms.ts';

/** `sweep`: not a process, but what the workers do together. */
export type Sign = 'api' | 'workers' | 'sweep';

export interface LifeDeps extends KeepAlarmsDeps {
  store: Pick<Store, 'emails' | 'alarms' | 'leases'>;
  timings: Pick<Timings, 'lifeMost' | 'sweptMost'>;
}

const MISSED: Record<Sign, { what: string; meaning: string }> = {
  api: {
    what: 'the API is not alive',
    meaning:
      'Customers cannot order or see their reports; refunds and erasures wait. Nothing is lost: Stripe sends its events again for three days. Start the API, and read in its log why it ended.',
  },
  workers: {
    what: 'no worker is alive',
    meaning:
      'Reports and letters wait, and reports that wait fail at their deadline. Start the workers, and read in their logs why they ended.',
  },
  sweep: {
    what: 'no sweep ends',
    meaning:
      'Letters, settled orders and lost jobs wait for it. Read the workers\' logs ("chore not done"); restart the workers if one of them hangs.',
  },
};

/** A lease whose holder is its own name: whoever is of that kind renews it. */
const leaseOf = (sign: Sign): string => `sign-${sign}`;
const mostOf = (sign: Sign, timings: LifeDeps['timings']): number =>
  sign === 'sweep' ? timings.sweptMost : timings.lifeMost;

/** Says that this kind of process is alive, or that a sweep has ended. @throws when the write does not go through */
export async function showLife(
  { store, timings, clock }: Pick<LifeDeps, 'store' | 'timings' | 'clock'>,
  sign: Sign,
): Promise<void> {
  await store.leases.take(leaseOf(sign), sign, clock(), mostOf(sign, timings));
}

/** @returns when the last sign was given; null: never. And whether that is recent enough */
export async function readLife(
  { store, timings, clock }: Pick<LifeDeps, 'store' | 'timings' | 'clock'>,
  sign: Sign,
): Promise<{ last: Date | null; alive: boolean }> {
  const lease = await store.leases.find(leaseOf(sign));
  if (lease === null) return { last: null, alive: false };
  const until = Date.parse(lease.expiresAt);
  return { last: new Date(until - mostOf(sign, timings)), alive: until > clock().getTime() };
}

/** Shows its own sign, and looks at the others'. */
export type WatchLife = () => Promise<void>;

/** One per process, without a lease: each must be able to miss all the others. */
export function createWatchLife(deps: LifeDeps, own: 'api' | 'workers'): WatchLife {
  const { clock, timings } = deps;
  const other = own === 'api' ? 'workers' : 'api';
  let watchedSince = clock();
  let lastLook = watchedSince;

  async function look(sign: Sign): Promise<void> {
    const { last, alive } = await readLife(deps, sign);
    const area = `life_${sign}` as const;
    if (alive) return keepAlarms(deps, area, []);
    const most = mostOf(sign, timings);
    // who has not watched for so long itself cannot know: all may have been down together
    if (clock().getTime() - watchedSince.getTime() < most) return;
    const { what, meaning } = MISSED[sign];
    const since = last ?? watchedSince;
    const note = () => `${what}\nThe last sign was at ${utc(since.toISOString())}. ${meaning}`;
    await keepAlarms(deps, area, [{ cause: area.replace('_', '-'), since, afterMs: 0, note }]);
  }

  return async () => {
    const now = clock();
    if (now.getTime() - lastLook.getTime() > timings.lifeMost) watchedSince = now; // it was away itself
    lastLook = now;
    await showLife(deps, own);
    await look(other);
    // without workers nobody sweeps, and that is told already
    if (own === 'workers' || (await readLife(deps, 'workers')).alive) await look('sweep');
  };
}
