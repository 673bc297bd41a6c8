/** The customers' banks: they claim payments back, or only ask, and decide later. Events come late, twice, or crossed. */
import { type Dispute, isOpenChargeback, takenMinorOf } from '../src/domain/dispute.ts';
import type { Order } from '../src/domain/order.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { RecordDisputes } from '../src/orders/money/record-disputes.ts';
import type { createWorld, Process } from './world.ts';

export interface Bank {
  /** A dispute of a paid order begins, or goes one step further. */
  act(orders: readonly Order[]): void;
  /** Ends every dispute, and tells of what was not recorded yet. @returns whether all is recorded */
  calm(): Promise<boolean>;
}

/** @param api the process that takes the events */
export function createBank(
  world: ReturnType<typeof createWorld>,
  api: Process,
  { store, recordDisputes }: { store: Store; recordDisputes: RecordDisputes },
): Bank {
  const claims = new Map<string, Dispute>();

  /** The truth is read when the event is processed, not when it was sent. */
  async function record(orderId: string): Promise<void> {
    const order = await store.orders.find(orderId);
    const dispute = claims.get(orderId);
    if (order === null || !dispute) return;
    const { amountMinor } = order;
    const disputes = [{ ...dispute }];
    const refundedMinor = Math.min(amountMinor, takenMinorOf(disputes));
    const of = { paymentIntentId: `pi_${orderId}`, orderId, refunds: [] };
    await recordDisputes(order, { ...of, amountMinor, refundedMinor, disputes });
  }

  async function tell(orderId: string): Promise<void> {
    await world.sleep(api, world.random() * 60_000, 'dispute');
    await record(orderId).catch(() => tell(orderId)); // answered 503: sent again
  }

  function decide(dispute: Dispute): void {
    if (dispute.kind === 'inquiry') dispute.status = 'won';
    else dispute.status = world.chance(0.5) ? 'won' : 'lost';
  }

  return {
    act(orders) {
      const order = world.pick(orders.filter(({ paidAt }) => paidAt !== null));
      if (!order) return;
      const { id, amountMinor } = order;
      const known = claims.get(id);
      const kind = world.chance(0.3) ? 'inquiry' : 'chargeback';
      if (!known) claims.set(id, { id: `dp_${id}`, kind, status: 'open', amountMinor });
      else if (known.kind === 'inquiry' && world.chance(0.5)) known.kind = 'chargeback';
      else if (known.status === 'open') decide(known);
      void tell(id);
      if (world.chance(0.3)) void tell(id);
    },
    async calm() {
      let recorded = true;
      for (const [id, dispute] of claims) {
        if (dispute.status === 'open') decide(dispute);
        const order = await store.orders.find(id).catch(() => null);
        const own = order?.disputes?.find((each) => each.id === dispute.id);
        const current = own?.status === dispute.status && own.kind === dispute.kind;
        if (current && !order?.disputes?.some(isOpenChargeback)) continue;
        recorded = false;
        await record(id).catch(() => {});
      }
      return recorded;
    },
  };
}
