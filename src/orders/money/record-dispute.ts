/** A dispute: the customer's bank wants the money back. Reports that have cost nothing yet are stopped. */
import type { Order } from '../../domain/order.ts';
import type { DisputeStatus } from '../../domain/ports/payment.ts';
import { raiseAlert } from '../letters/raise-alert.ts';
import type { Needs } from '../needs.ts';
import type { StopUnbegun } from './stop-unbegun.ts';

/** Safe to repeat, in any order: an operator gets one alert per status. */
export type RecordDispute = (order: Order, status: DisputeStatus) => Promise<void>;

export function createRecordDispute(
  deps: Needs<'store' | 'log' | 'clock'> & { stopUnbegun: StopUnbegun },
): RecordDispute {
  return async (order, status) => {
    const stopped = status === 'won' ? 0 : await deps.stopUnbegun(order, 'disputed');
    await raiseAlert(deps, {
      cause: `dispute-${order.id}-${status}`,
      orderId: order.id,
      note: `a payment dispute is ${status}\n${order.id} is ${order.state}. Reports stopped just now because they had not begun: ${stopped}.\n${TO_DO[status]}`,
    });
  };
}

const TO_DO: Readonly<Record<DisputeStatus, string>> = {
  open: "Answer it in the payment provider's dashboard. Your evidence is the reports, their times and the downloads.",
  won: 'The money is ours again. If reports were stopped, agree with the customer on a refund or a new order.',
  lost: 'The bank has taken the money back. There is nothing left to do.',
};
