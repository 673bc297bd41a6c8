/** Compares the store with Stripe's stand-in, per order and in total. */
import type { Store } from '../../src/domain/ports/store.ts';
import { PRODUCTION_TIMINGS } from '../../src/domain/timings.ts';
import { createBoardQueues } from '../../src/queue/board.ts';
import { createLog } from '../../src/telemetry/log.ts';

export interface Books {
  paid: number;
  unpaid: number;
  reports: number;
  storeMinor: number;
  stripeMinor: number;
}

/** @throws Error naming the first difference */
export async function checkBooks(
  store: Store,
  stripe: string,
  orderIds: readonly string[],
  paid: ReadonlySet<string>,
): Promise<Books> {
  const books: Books = { paid: 0, unpaid: 0, reports: 0, storeMinor: 0, stripeMinor: 0 };
  for (const id of orderIds) {
    const order = await store.orders.find(id);
    const reports = await store.reports.ofOrder(id);
    const wanted = paid.has(id) ? (order?.items.length ?? 0) : 0;
    if (order === null || reports.length !== wanted) {
      throw new Error(`${id} is ${order?.state} with ${reports.length} of ${wanted} reports`);
    }
    books.reports += reports.length;
    if (!paid.has(id)) {
      if (order.state !== 'awaiting_payment')
        throw new Error(`${id} was not paid, but is ${order.state}`);
      books.unpaid += 1;
      continue;
    }
    if (order.state !== 'paid') throw new Error(`${id} was paid, but is ${order.state}`);
    books.paid += 1;
    books.storeMinor += order.amountMinor - order.refundedMinor;
  }
  books.stripeMinor = await chargedAt(stripe);
  if (books.stripeMinor !== books.storeMinor) {
    throw new Error(`${books.stripeMinor} at Stripe, ${books.storeMinor} in the store`);
  }
  return books;
}

/** @returns the number of jobs. @throws Error naming a report without one job, or an unpaid order with a job */
export async function checkJobs(
  store: Store,
  redisUrl: string,
  orderIds: readonly string[],
  paid: ReadonlySet<string>,
): Promise<number> {
  const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
  let count = 0;
  const board = createBoardQueues({ redisUrl, timings: PRODUCTION_TIMINGS, log });
  try {
    const jobs = (await Promise.all(board.queues.map((queue) => queue.getJobs()))).flat();
    const ids = jobs.map(({ id }) => id ?? '');
    for (const orderId of orderIds) {
      const reports = await store.reports.ofOrder(orderId);
      for (const { id } of reports) {
        const own = ids.filter((each) => each === id).length;
        if (own !== 1) throw new Error(`${id} has ${own} jobs`);
        count += own;
      }
      const early = !paid.has(orderId) && ids.find((id) => id.includes(orderId));
      if (early) throw new Error(`${orderId} is not paid, and has the job ${early}`);
    }
    return count;
  } finally {
    await board.close();
  }
}

async function chargedAt(stripe: string): Promise<number> {
  let sum = 0;
  let after = '';
  for (;;) {
    const path = `/v1/checkout/sessions?limit=100${after && `&starting_after=${after}`}`;
    const response = await fetch(stripe + path, {
      headers: { authorization: 'Bearer sk_test_sandbox' },
    });
    const { data, has_more } = (await response.json()) as {
      data: { id: string; payment_status: string; amount_total: number }[];
      has_more: boolean;
    };
    for (const session of data) sum += session.payment_status === 'paid' ? session.amount_total : 0;
    after = data.at(-1)?.id ?? '';
    if (!has_more) return sum;
  }
}
