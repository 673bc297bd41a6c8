/**
 * Creates a paid order's reports and their jobs. Safe to repeat at any time: used when a payment is
 * confirmed, and by the sweeper for an order that was cut short in between.
 */
import { dueEmail } from '../domain/email.ts';
import { graceLeft } from '../domain/grace.ts';
import type { Order } from '../domain/order.ts';
import { newReport } from '../domain/report.ts';
import { receivedKeyOf } from './letters/send-email.ts';
import type { Needs } from './needs.ts';

/** The order must be `paid`. If Redis is away, the sweeper adds the jobs later. */
export type CommitPaidOrder = (order: Order) => Promise<void>;

export function createCommitPaidOrder(
  deps: Needs<'store' | 'catalogue' | 'queue' | 'signals' | 'timings' | 'log' | 'clock'>,
): CommitPaidOrder {
  const { store, catalogue, queue, signals, log } = deps;

  return async (order) => {
    const now = deps.clock();
    const paidAt = new Date(order.paidAt ?? now);
    const deadline = new Date(paidAt.getTime() + deps.timings.deadline);
    const notBefore = graceLeft(order, now);
    const times = { now, deadline, notBefore };
    const reports = order.items.map((item) =>
      newReport(order.id, catalogue.newest(item.productId), times),
    );
    await store.reports.upsert(reports);
    // after the reports: a letter must not give thanks for what nobody will make
    const letter = { key: receivedKeyOf(order.id), kind: 'received', orderId: order.id } as const;
    await store.emails.insert(dueEmail(letter, now));
    try {
      await queue.add(
        order.id,
        reports.map(({ id, queue: name }) => ({
          reportId: id,
          orderId: order.id,
          queue: name,
          delayMs: notBefore === null ? 0 : notBefore.getTime() - now.getTime(),
        })),
        catalogue.bundles.some((bundle) => order.products.includes(bundle.id)),
      );
    } catch (err) {
      log.warn({ err, orderId: order.id }, 'jobs not added: the sweeper will add them');
    }
    signals.wake(order.id);
  };
}
