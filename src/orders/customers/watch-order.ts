/** Follows an order live: a snapshot for each new revision, until nothing more happens by itself. */
import { isOver } from '../../domain/transitions.ts';
import type { Needs } from '../needs.ts';
import type { OrderSnapshot, ReadOrder } from './read-order.ts';

/**
 * @param seen revision that the watcher already has; null: none
 * @param signal ends the watch
 * @returns snapshots of revisions above `seen`; null where a poll found nothing new
 */
export type WatchOrder = (
  orderId: string,
  seen: number | null,
  signal: AbortSignal,
) => AsyncGenerator<OrderSnapshot | null>;

export function createWatchOrder(
  deps: Needs<'store' | 'signals' | 'timings'> & { readOrder: ReadOrder },
): WatchOrder {
  const { store, signals, readOrder, timings } = deps;

  return async function* watch(orderId, seen, signal) {
    const bell = createBell(signal);
    const stopListening = signals.listen(orderId, bell.ring);
    try {
      let last = seen ?? -1;
      while (!signal.aborted) {
        // read before its reports: what changes in between raises the revision, and is sent next
        const order = await store.orders.find(orderId);
        if (order === null) return;
        // a revision that this order never had
        if (last > order.revision) last = -1;
        if (order.revision > last) {
          last = order.revision;
          yield await readOrder(order);
        } else {
          yield null;
        }
        if (isOver(order)) return;
        await bell.rung(timings.poll);
      }
    } finally {
      stopListening();
    }
  };
}

/** A ring before the wait is kept; without a ring, the wait ends by itself. */
function createBell(signal: AbortSignal): { ring(): void; rung(ms: number): Promise<void> } {
  let waiting: (() => void) | null = null;
  let kept = false;
  const ring = (): void => {
    kept = true;
    waiting?.();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    async rung(ms) {
      if (!kept) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          waiting = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      waiting = null;
      kept = false;
    },
  };
}
