/**
 * What follows from `paid`: the order's reports, and their jobs. Safe to repeat at any time: used
 * when a payment is confirmed, and by the sweeper for an order that was cut short in between.
 */
import { dueEmail } from '../domain/delivery.ts';
import { reportIdOf } from '../domain/ids.ts';
import type { Order } from '../domain/order.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ReportQueue, Signals } from '../domain/ports/work.ts';
import type { Catalogue, ProductDefinition } from '../domain/product.ts';
import type { Report } from '../domain/report.ts';
import type { Timings } from '../domain/timings.ts';
import type { Log } from '../telemetry/log.ts';
import { receivedKeyOf } from './letters/send-email.ts';

export interface CommitPaidOrderDeps {
  store: Store;
  catalogue: Catalogue;
  queue: ReportQueue;
  signals: Signals;
  timings: Pick<Timings, 'deadline'>;
  log: Log;
  clock: () => Date;
}

/** Needs the order to be `paid`. Redis being away is no fault here: the sweeper adds the jobs. */
export type CommitPaidOrder = (order: Order) => Promise<void>;

export function createCommitPaidOrder(deps: CommitPaidOrderDeps): CommitPaidOrder {
  const { store, catalogue, queue, signals, log } = deps;

  return async (order) => {
    const now = deps.clock();
    const paidAt = new Date(order.paidAt ?? now);
    const deadline = new Date(paidAt.getTime() + deps.timings.deadline);
    const reports = order.items.map((item) =>
      newReport(order.id, newestDefinition(catalogue, item.productId), now, deadline),
    );
    await store.reports.upsert(reports);
    // written after the reports: a letter must not thank for what nobody would make
    const letter = { key: receivedKeyOf(order.id), kind: 'received', orderId: order.id } as const;
    await store.emails.insert(dueEmail(letter, now));
    try {
      await queue.add(
        order.id,
        reports.map(({ id, queue: name }) => ({
          reportId: id,
          orderId: order.id,
          queue: name,
          delayMs: 0,
        })),
        catalogue.bundles.some((bundle) => order.products.includes(bundle.id)),
      );
    } catch (err) {
      log.warn({ err, orderId: order.id }, 'jobs not added: the sweeper will add them');
    }
    signals.wake(order.id);
  };
}

/** Version and model are frozen here: a deploy in mid-report never mixes prompts. */
function newReport(
  orderId: string,
  definition: ProductDefinition,
  now: Date,
  deadline: Date,
): Report {
  return {
    id: reportIdOf(orderId, definition.id),
    orderId,
    productId: definition.id,
    version: definition.version,
    model: definition.model.name,
    queue: definition.queue,
    state: 'waiting',
    reason: null,
    steps: definition.steps,
    answers: definition.answers,
    editions: [{ edition: 1, fromStep: 1 }],
    fence: 0,
    attempts: 0,
    crashes: 0,
    snoozes: 0,
    notBefore: null,
    deadline: deadline.toISOString(),
    runningMs: 0,
    runStartedAt: null,
    heldAt: null,
    pdf: null,
    createdAt: now.toISOString(),
    settledAt: null,
  };
}

export function newestDefinition(catalogue: Catalogue, productId: string): ProductDefinition {
  const newest = catalogue.products
    .filter((product) => product.id === productId)
    .toSorted((a, b) => b.version - a.version)[0];
  if (newest === undefined) throw new Error(`the catalogue has no product ${productId}`);
  return newest;
}
