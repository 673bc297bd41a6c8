/**
 * Takes over the disputes of a payment. A chargeback holds what is not delivered until the bank has decided: won, it
 * continues; lost, it ends. An inquiry is only told.
 */
import { type Dispute, isOpenChargeback } from '../../domain/dispute.ts';
import type { Order } from '../../domain/order.ts';
import type { PaymentState } from '../../domain/ports/payment.ts';
import { DISPUTED } from '../../domain/report.ts';
import type { CommitPaidOrder } from '../commit-paid-order.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';
import type { SettleOrder } from '../settle-order.ts';
import { disputeAlert } from './dispute-alert.ts';
import { endOpenReports } from './end-open-reports.ts';
import { holdDisputed, releaseDisputed } from './hold-disputed.ts';

/**
 * Safe to repeat, in any order: an operator hears once of each state of each dispute.
 * @returns the order as it stands now
 */
export type RecordDisputes = (order: Order, payment: PaymentState) => Promise<Order>;

export function createRecordDisputes(
  deps: Needs<'store' | 'signals' | 'log' | 'clock'> & {
    commitPaidOrder: CommitPaidOrder;
    settleOrder: SettleOrder;
    /** an erasure that was asked for during the dispute */
    eraseAfterDispute: (order: Order) => Promise<unknown>;
  },
): RecordDisputes {
  const { store, clock } = deps;

  return async (order, payment) => {
    const before = order.disputes ?? [];
    const { disputes } = payment;
    if (disputes.length === 0 && before.length === 0) return order;
    const now = clock().toISOString();
    const changed = disputes.filter((dispute) => !before.some((known) => isSame(known, dispute)));
    const open = disputes.some(isOpenChargeback);
    const gone = payment.refundedMinor >= payment.amountMinor;

    // What follows comes before what is written on the order: cut short, it is all done again.
    if (changed.some(isOpenChargeback)) {
      // it may have been cut short before its reports were written: they must exist to be held
      if (order.state === 'paid') await deps.commitPaidOrder(order);
      await holdDisputed(deps, order);
    }
    const lost = changed.some(isLost);
    if (lost && gone) {
      const ended = await endOpenReports(deps, order.id, DISPUTED);
      if (ended.length > 0) await deps.settleOrder(order.id);
    }
    // of a payment that is lost in part, an operator decides
    if (!open && !disputes.some(isLost)) await releaseDisputed(deps, order);
    for (const dispute of changed) {
      await raiseAlert(deps, await disputeAlert(store, { order, dispute, payment }));
    }
    if (!open && order.erasureAskedAt && !order.erasedAt) await deps.eraseAfterDispute(order);
    if (changed.length === 0 && Boolean(order.disputedAt) === open) return order;
    const current = await store.orders.change(order.id, {
      disputes,
      disputedAt: open ? (order.disputedAt ?? now) : null,
      ...(lost && gone && { withdrawnAt: order.withdrawnAt ?? now }),
    });
    deps.signals.wake(order.id);
    return current ?? order;
  };
}

function isSame(known: Dispute, { id, kind, status }: Dispute): boolean {
  return known.id === id && known.kind === kind && known.status === status;
}

function isLost({ kind, status }: Dispute): boolean {
  return kind === 'chargeback' && status === 'lost';
}
