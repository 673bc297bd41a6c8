/** Tells a customer, once, that a report is past its promised time. */
import type { Catalogue } from '../../domain/catalogue.ts';
import { dueEmail } from '../../domain/email.ts';
import { promisedFrom } from '../../domain/grace.ts';
import type { Order } from '../../domain/order.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Report } from '../../domain/report.ts';
import { isSettled } from '../../domain/transitions.ts';
import { promisedAt } from '../promised.ts';

export interface AnnounceDelayDeps {
  store: Pick<Store, 'emails'>;
  catalogue: Catalogue;
  clock: () => Date;
}

/**
 * The promised time is its definition's, 10 minutes or 6 hours, counted from the end of the grace; without one, from
 * payment.
 * Safe to repeat. The sweeper calls it and sends the letter.
 */
export async function announceDelay(
  { store, catalogue, clock }: AnnounceDelayDeps,
  order: Order,
  reports: readonly Report[],
): Promise<void> {
  const from = promisedFrom(order);
  if (from === null) return;
  const late = reports.some((report) => {
    const promised = promisedAt(report, from, catalogue);
    return !isSettled(report.state) && promised !== null && clock() > promised;
  });
  if (!late) return;
  const letter = { key: `delayed-${order.id}`, kind: 'delayed', orderId: order.id } as const;
  await store.emails.insert(dueEmail(letter, clock()));
}
