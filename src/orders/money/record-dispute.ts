/** A dispute: the customer's bank asks for the money. What has not begun to cost is stopped. */

import type { Order } from '../../domain/order.ts';
import type { DisputeStatus } from '../../domain/ports/payment.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';
import type { StopUnbegun } from './stop-unbegun.ts';

/** Safe to repeat, in any order: an operator hears of each of its states once. */
export type RecordDispute = (order: Order, status: DisputeStatus) => Promise<void>;

export function createRecordDispute(
  deps: Needs<'store' | 'log' | 'clock'> & { stopUnbegun: StopUnbegun },
): RecordDispute {
  return async (order, status) => {
    const stopped = status === 'won' ? 0 : await deps.stopUnbegun(order, 'disputed');
    await raiseAlert(deps, {
      cause: `dispute-${order.id}-${status}`,
      orderId: order.id,
      note: `a payment is disputed: ${status}\n${order.id} is ${order.state}; reports stopped now: ${stopped}\n${TO_DO[status]}`,
    });
  };
}

const TO_DO: Readonly<Record<DisputeStatus, string>> = {
  open: "Answer it in the payment provider's dashboard; the reports, their times and the downloads are the evidence.",
  won: 'The money is ours again. If reports were stopped, agree with the customer on a refund or a new order.',
  lost: 'The bank has taken the money. Nothing is left to do here.',
};
