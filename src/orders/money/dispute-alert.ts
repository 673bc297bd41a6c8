/** What an operator needs to know about a dispute: what was delivered and opened, and what still happens. */
import type { Dispute } from '../../domain/dispute.ts';
import { linkIdOf } from '../../domain/link.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { PaymentState } from '../../domain/ports/payment.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Report } from '../../domain/report.ts';
import type { Alert } from '../letters/raise-alert.ts';

/** One for each state of each dispute. */
export async function disputeAlert(
  store: Pick<Store, 'reports' | 'links'>,
  { order, dispute, payment }: { order: Order; dispute: Dispute; payment: PaymentState },
): Promise<Alert> {
  const { id, kind, status, amountMinor } = dispute;
  const reports = await store.reports.ofOrder(order.id);
  const lines = [
    `a payment is disputed: ${kind}, ${status}`,
    `${id}: ${formatMoney(amountMinor, order.currency)} of the ${formatMoney(payment.amountMinor, order.currency)} of ${order.id}, paid ${order.paidAt ?? 'before we knew'}`,
    ...(await Promise.all(reports.map((report) => evidenceOf(store, report)))),
    toDo(dispute, payment, reports),
  ];
  return { cause: `dispute-${id}-${kind}-${status}`, orderId: order.id, note: lines.join('\n') };
}

async function evidenceOf(store: Pick<Store, 'links'>, report: Report): Promise<string> {
  const { id, state, settledAt, reason } = report;
  if (state !== 'delivered') return `${id}: ${state}${reason === null ? '' : `, ${reason}`}`;
  const link = await store.links.find(linkIdOf(id));
  const times = [link?.firstDownloadAt, link?.lastDownloadAt].filter(Boolean).join(', last ');
  const opened =
    link && link.downloads > 0
      ? `opened from its e-mail ${link.downloads} times${times && `, first ${times}`}`
      : 'not opened from its e-mail';
  return `${id}: delivered ${settledAt ?? ''}, ${opened}`;
}

function toDo(
  { kind, status }: Dispute,
  { refundedMinor, amountMinor }: PaymentState,
  reports: readonly Report[],
): string {
  const open = reports.filter(({ settledAt }) => settledAt === null).map(({ id }) => id);
  const left = open.length === 0 ? 'No report is open.' : `Open: ${open.join(', ')}.`;
  const answer = "Answer it in the payment provider's dashboard; the lines above are evidence.";
  if (kind === 'inquiry') {
    if (status !== 'open') return `The bank asks no more. ${left}`;
    return `${answer} No money has left. What is open is still written. ${left}`;
  }
  if (status === 'open') {
    return `${answer} Until it has ended, open reports are held with their time, and no refund of this payment is sent. ${left}`;
  }
  if (status === 'won') {
    return `The money is ours again. What it held continues, and refunds that waited are sent. ${left}`;
  }
  if (refundedMinor >= amountMinor) {
    return `The bank has taken the money. Open reports are cancelled, nothing more is owed, and downloads have ended. ${left}`;
  }
  return `The bank has taken a part. Only what exceeds it is still owed. Open reports stay held: release them (with "gift": true) or cancel them. ${left}`;
}
