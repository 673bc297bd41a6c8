/** Comes back to events whose processing was cut short. One process at a time, by a lease. */
import { newId } from '../../domain/ids.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Timings } from '../../domain/timings.ts';
import type { Log } from '../../telemetry/log.ts';
import type { ProcessEvent } from './process-event.ts';

const LEASE = 'stripe-events';
const BATCH = 50;

export interface ProcessEventsDeps {
  store: Store;
  processEvent: ProcessEvent;
  timings: Pick<Timings, 'eventRetry' | 'sweepLease'>;
  log: Log;
  clock: () => Date;
}

/** Never throws: what fails is tried again at the next turn. @returns how many were processed */
export type ProcessEvents = () => Promise<number>;

export function createProcessEvents(deps: ProcessEventsDeps): ProcessEvents {
  const { store, processEvent, timings, log, clock } = deps;
  const holder = newId('api');

  async function turn(): Promise<number> {
    // younger ones are in the hands of the process that received them
    const before = new Date(clock().getTime() - timings.eventRetry);
    let processed = 0;
    for (const event of await store.stripeEvents.unprocessed(before, BATCH)) {
      // renewed for each, so that a slow provider never leaves two processes at it
      if (!(await store.leases.take(LEASE, holder, clock(), timings.sweepLease))) break;
      try {
        await processEvent(event);
        processed += 1;
      } catch (err) {
        log.warn({ err, eventId: event.id }, 'event not processed: tried again later');
      }
    }
    await store.leases.release(LEASE, holder);
    return processed;
  }

  return async () => {
    try {
      return await turn();
    } catch (err) {
      log.warn({ err }, 'stored events not processed: tried again later');
      return 0;
    }
  };
}
