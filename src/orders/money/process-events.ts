/** Finishes events whose processing was cut short. */
import type { Needs } from '../needs.ts';
import type { ProcessEvent } from './process-event.ts';

/** One process at a time. An event that fails is tried again at the next turn. @returns how many were processed */
export type ProcessEvents = (stop?: AbortSignal) => Promise<number>;

export function createProcessEvents(
  deps: Needs<'store' | 'timings' | 'log' | 'clock'> & { processEvent: ProcessEvent },
): ProcessEvents {
  const { store, processEvent, timings, log, clock } = deps;

  return async (stop) => {
    // the process that received newer ones is still working on them
    const before = new Date(clock().getTime() - timings.eventRetry);
    let processed = 0;
    for await (const event of store.stripeEvents.unprocessed(before)) {
      if (stop?.aborted) break;
      try {
        await processEvent(event);
        processed += 1;
      } catch (err) {
        log.warn({ err, eventId: event.id }, 'event not processed: tried again later');
      }
    }
    return processed;
  };
}
