/** What an operator needs to know about an order, as text. Ids, states and causes only: no personal data. */
import { formatMoney } from '../../src/domain/money.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { refundIdOf } from '../../src/domain/refund.ts';
import { editionOf, type Report } from '../../src/domain/report.ts';
import { tableText } from '../sky/table.ts';

type Shown = Pick<Store, 'reports' | 'sections' | 'refunds' | 'emails' | 'audit' | 'orders'>;

const MOST = 200;

export async function orderText(store: Shown, order: Order): Promise<string> {
  const { id, state, currency, amountMinor, refundedMinor, createdAt, paidAt, settledAt } = order;
  const [reports, refunds, emails, audit] = await Promise.all([
    store.reports.ofOrder(id),
    store.refunds.ofOrder(id),
    store.emails.ofOrder(id),
    store.audit.ofOrder(id),
  ]);
  const times = [
    `placed ${minute(createdAt)}`,
    `paid ${minute(paidAt)}`,
    `settled ${minute(settledAt)}`,
    ...(order.graceUntil ? [`grace until ${minute(order.graceUntil)}`] : []),
    ...(order.subjectVersion ? [`corrected ${order.subjectVersion} times`] : []),
    ...(order.erasedAt ? [`erased ${minute(order.erasedAt)}`] : []),
  ];
  return [
    `${id}: ${state}, ${formatMoney(amountMinor, currency)}, ${formatMoney(refundedMinor, currency)} refunded`,
    times.join(', '),
    `checkout ${order.checkoutSessionId ?? '-'}, payment ${order.paymentIntentId ?? '-'}`,
    ...part(await reportsTable(store, reports)),
    ...part([
      ['Refund', 'State', 'Amount', 'Due', 'Why', 'At Stripe'],
      ...refunds.map((row) => [
        ...[
          row.id,
          row.state,
          formatMoney(row.amountMinor, currency),
          minute(row.dueAt),
          row.reason,
        ],
        row.providerId ?? '-',
      ]),
    ]),
    ...part([
      ['Letter', 'State', 'Tries', 'Written'],
      ...emails.map((row) => [row.key, row.state, String(row.tries), minute(row.createdAt)]),
    ]),
    ...part([
      ['At', 'Who', 'Did', 'To', 'Why'],
      ...audit.map((row) => [
        ...[minute(row.at), row.actor, row.action, row.reportId ?? row.orderId ?? '-', row.detail],
      ]),
    ]),
  ].join('\n');
}

/** Held reports, and failed ones whose share is not refunded yet: a retry of those is not a gift. */
export async function waitingText(store: Shown): Promise<string> {
  const found = await Array.fromAsync(store.reports.inStates(['held', 'failed'], MOST));
  const waiting: Report[] = [];
  for (const report of found) {
    const refund = await store.refunds.find(refundIdOf(report.id));
    if (report.state === 'held' || refund?.state === 'due') waiting.push(report);
  }
  if (waiting.length === 0)
    return 'no report is held, and every failed one is refunded: nothing to do';
  return tableText(await reportsTable(store, waiting));
}

async function reportsTable(store: Shown, reports: readonly Report[]): Promise<string[][]> {
  const rows = reports.map(async (report) => [
    report.id,
    report.state,
    report.reason ?? '-',
    `${(await store.sections.steps(report)).length} of ${report.steps}`,
    `${report.attempts} / ${report.crashes}`,
    `v${report.version} ${report.successor ?? report.model}, e${editionOf(report)}`,
    minute(report.settledAt ?? report.heldAt ?? report.notBefore),
    minute(report.deadline),
  ]);
  const head = [
    'Report',
    'State',
    'Why',
    'Steps',
    'Attempts / crashes',
    'Made with',
    'Since, or not before',
  ];
  return [[...head, 'Deadline'], ...(await Promise.all(rows))];
}

/** @returns nothing if the table has only a heading */
function part(rows: string[][]): string[] {
  return rows.length > 1 ? ['', tableText(rows)] : [];
}

/** UTC. */
function minute(at: string | null): string {
  return at === null ? '-' : `${at.slice(0, 16).replace('T', ' ')}Z`;
}
