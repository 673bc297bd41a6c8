/** What processes do by themselves: each chore at once, then again and again, never two turns at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../domain/ids.ts';
import type { Timings } from '../domain/patience.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Log } from '../telemetry/log.ts';

export interface Chore {
  /** also the name of its lease */
  name: string;
  /** from the end of one turn to the next, milliseconds */
  everyMs: number;
  /**
   * One process at a time, of all that have this chore. `turn`: the first to come takes a turn.
   * `keep`: the process that has it keeps it until it closes or dies.
   */
  lease?: 'turn' | 'keep';
  /** @param stop aborted when the process closes or has lost the lease: the turn ends as soon as it can */
  turn(stop: AbortSignal): Promise<unknown>;
}

export interface ChoresDeps {
  store: Pick<Store, 'leases'>;
  timings: Pick<Timings, 'lease'>;
  log: Log;
  clock: () => Date;
}

/** A turn that fails is logged; the next one comes all the same. */
export function startChores(
  chores: readonly Chore[],
  { store, timings, log, clock }: ChoresDeps,
): { close(): Promise<void> } {
  const closing = new AbortController();
  const holder = newId('prc');
  const take = (name: string) => store.leases.take(name, holder, clock(), timings.lease);

  /** Renews the lease during the turn, so that a slow one never leaves two processes at work. */
  async function leasedTurn({ name, lease, turn }: Chore): Promise<void> {
    if (!(await take(name))) return;
    const lost = new AbortController();
    let renewal: Promise<void> = Promise.resolve();
    const renew = async (): Promise<void> => {
      if (!(await take(name))) lost.abort();
    };
    const timer = setInterval(() => {
      renewal = renew().catch(() => {}); // the store is away: the turn finds that out by itself
    }, timings.lease / 3);
    try {
      await turn(AbortSignal.any([closing.signal, lost.signal]));
    } finally {
      clearInterval(timer);
      await renewal;
      if (lease === 'turn') await store.leases.release(name, holder);
    }
  }

  async function run(chore: Chore): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await (chore.lease ? leasedTurn(chore) : chore.turn(closing.signal));
      } catch (err) {
        log.warn({ err, chore: chore.name }, 'chore not done: tried again later');
      }
      await pause(chore.everyMs, closing.signal);
    }
    if (chore.lease) await store.leases.release(chore.name, holder).catch(() => {});
  }

  const running = chores.map(run);
  return {
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

/** Ends early, without an error, when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
