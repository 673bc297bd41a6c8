/** Closes an order whose reports have all settled: its state, its links, its `ready` e-mail. */
import { dueEmail } from '../domain/email.ts';
import { newLink } from '../domain/link.ts';
import { editionOf, type Report } from '../domain/report.ts';
import { isSettled, ORDER_TRANSITIONS, type OrderState } from '../domain/transitions.ts';
import type { SendEmail } from './letters/send-email.ts';
import { oweUnmadeReports } from './money/owe-unmade-reports.ts';
import type { Needs } from './needs.ts';

/**
 * While a report is open, only records the refunds that are owed for failed ones. Safe to repeat, and
 * for many at once: it works from the store alone, and one e-mail is sent.
 */
export type SettleOrder = (orderId: string) => Promise<void>;

export function createSettleOrder(
  deps: Needs<'store' | 'signals' | 'timings' | 'log' | 'clock'> & {
    /** null in a process that sends no e-mail: the sweeper sends what is written here */
    sendEmail: SendEmail | null;
  },
): SettleOrder {
  const { store, sendEmail, signals, clock } = deps;

  return async (orderId) => {
    const order = await store.orders.find(orderId);
    const reports = await store.reports.ofOrder(orderId);
    if (!order || reports.length < order.items.length) return;
    await oweUnmadeReports(deps, order, reports);
    if (!reports.every((report) => isSettled(report.state))) return;
    const to = settledStateOf(reports);
    const moves = order.state !== to && ORDER_TRANSITIONS[order.state].includes(to);
    if (!moves && order.state !== to) return;

    // nothing of an erased order is handed out any more
    const delivered = order.erasedAt ? [] : reports.filter(({ state }) => state === 'delivered');
    await ensureLinks(delivered);
    const key = await announce(orderId, delivered);
    // The move comes last: until then the order is unsettled, and the sweeper does all this again.
    const settledAt = clock().toISOString();
    if (moves) await store.orders.move(orderId, to, { settledAt });
    else if (order.settledAt === null) await store.orders.change(orderId, { settledAt });
    signals.wake(orderId);
    if (key !== null) await sendEmail?.(key);
  };

  async function ensureLinks(reports: Report[]): Promise<void> {
    const now = clock();
    const expiresAt = new Date(now.getTime() + deps.timings.linkLife).toISOString();
    for (const report of reports) await store.links.ensure(newLink(report, expiresAt, now));
  }

  /** @returns the key of the e-mail that this call wrote and must send, or null */
  async function announce(orderId: string, delivered: Report[]): Promise<string | null> {
    const announced = (await store.emails.ofOrder(orderId))
      .filter((row) => row.kind === 'ready')
      .flatMap((row) => row.reportIds);
    const fresh = delivered.filter((report) => !announced.includes(report.id));
    const [first] = fresh;
    if (!first) return null;
    // the order's first such letter; a report delivered later, after a retry, gets its own
    const key =
      announced.length === 0 ? `ready-${orderId}` : `ready-${first.id}-e${editionOf(first)}`;
    const reportIds = fresh.map((report) => report.id);
    const row = dueEmail({ key, kind: 'ready', orderId, reportIds }, clock());
    return (await store.emails.insert(row)) ? key : null;
  }
}

/** @returns the state of an order whose reports have settled like this */
export function settledStateOf(reports: readonly Pick<Report, 'state'>[]): OrderState {
  const count = (state: Report['state']) => reports.filter((each) => each.state === state).length;
  if (count('cancelled') === reports.length) return 'cancelled';
  if (count('delivered') === reports.length) return 'fulfilled';
  return count('delivered') > 0 ? 'partly_fulfilled' : 'failed';
}
