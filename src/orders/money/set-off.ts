/** What the bank has taken back by a lost dispute, the customer has: only what exceeds it is still owed. */
import { takenMinorOf } from '../../domain/dispute.ts';
import type { PaymentState } from '../../domain/ports/payment.ts';
import type { Refund } from '../../domain/refund.ts';
import type { Needs } from '../needs.ts';

/**
 * Each minor unit that was taken counts against one row only. Safe to repeat.
 * @param owed rows that are being sent
 * @returns the same rows, with what was set against each; what is left of them is owed
 */
export async function setOff(
  { store }: Needs<'store'>,
  { disputes }: PaymentState,
  owed: readonly Refund[],
): Promise<Refund[]> {
  const [first] = owed;
  let taken = takenMinorOf(disputes);
  if (first === undefined || taken === 0) return [...owed];
  for (const { setOffMinor = 0 } of await store.refunds.ofOrder(first.orderId)) {
    taken -= setOffMinor;
  }
  const rows: Refund[] = [];
  for (const row of owed) {
    const before = row.setOffMinor ?? 0;
    const more = Math.max(0, Math.min(taken, row.amountMinor - before));
    taken -= more;
    const change = { setOffMinor: before + more };
    const moved = more > 0 ? await store.refunds.move(row.id, 'sending', 'sending', change) : null;
    rows.push(moved ?? row);
  }
  return rows;
}
