/** Erases old orders by itself: those never paid after a month, and ended ones if the settings say so. */
import { auditEntry } from '../../domain/audit.ts';
import type { Retention } from '../../domain/erasure.ts';
import { TransientFault } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { EraseOrder } from './erase-order.ts';
import { type OldOrdersDeps, oldOrders } from './old-orders.ts';

export interface EraseOldOrdersDeps extends OldOrdersDeps {
  store: Pick<Store, 'orders' | 'refunds' | 'audit'>;
  eraseOrder: Pick<EraseOrder, 'erase'>;
  retention: Retention;
  log: Log;
  clock: () => Date;
}

/** One turn: a bounded number, the rest with the next one. @returns how many were erased */
export type EraseOldOrders = (stop?: AbortSignal) => Promise<number>;

/** In one turn. */
export const MOST_ERASED = 100;

export function createEraseOldOrders(deps: EraseOldOrdersDeps): EraseOldOrders {
  const { store, eraseOrder, log, clock } = deps;

  /** @returns whether the turn may continue: a provider that is away would keep each order as long */
  async function erase(order: Order): Promise<boolean> {
    try {
      await eraseOrder.erase(order, 'retention');
      return true;
    } catch (err) {
      log.warn({ err, orderId: order.id }, 'an old order is not fully erased yet');
      if (!(err instanceof TransientFault)) return true;
      // it is marked, and no longer found here: `purgeAgain` removes the rest
      const detail = `begun; the rest follows: ${err.code}`;
      const entry = { actor: 'retention', action: 'erase', orderId: order.id, detail };
      await store.audit.append(auditEntry(entry, clock()));
      return false;
    }
  }

  return async (stop) => {
    let tried = 0;
    for await (const { order, waits } of oldOrders(deps, deps.retention, clock())) {
      if (stop?.aborted || tried >= MOST_ERASED) break;
      if (waits !== null) continue;
      tried += 1;
      if (!(await erase(order))) break;
    }
    if (tried > 0) log.info({ orders: tried }, 'old orders erased');
    return tried;
  };
}
