/** Compares the store with Stripe's stand-in, per order and in total. */

import { PRODUCTION_TIMINGS } from '../../src/domain/patience.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { createBoardQueues } from '../../src/queue/board.ts';
import { createLog } from '../../src/telemetry/log.ts';

export interface Books {
  paid: number;
  unpaid: number;
  reports: number;
  storeMinor: number;
  stripeMinor: number;
}

/** @param gone paid orders whose money went back: refunded, or lost to a bank. @throws Error naming the first difference */
export async function checkBooks(
  store: Store,
  stripe: string,
  orderIds: readonly string[],
  paid: ReadonlySet<string>,
  gone: ReadonlySet<string>,
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
    const [state, reportState] = gone.has(id) ? ['cancelled', 'cancelled'] : ['paid', 'waiting'];
    if (order.state !== state) throw new Error(`${id} should be ${state}, but is ${order.state}`);
    const odd = reports.find((report) => report.state !== reportState);
    if (odd) throw new Error(`${odd.id} should be ${reportState}, but is ${odd.state}`);
    books.paid += 1;
    books.storeMinor += order.amountMinor - order.refundedMinor;
  }
  books.stripeMinor = await keptAt(stripe);
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
  gone: ReadonlySet<string>,
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
        // whoever ended the order may have come before its job
        if (own > 1 || (own === 0 && !gone.has(orderId))) throw new Error(`${id} has ${own} jobs`);
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

/** What was paid, without what was refunded or lost to a bank. */
async function keptAt(stripe: string): Promise<number> {
  const sessions = await listed(stripe, 'checkout/sessions');
  const paid = sessions.filter(({ payment_status }) => payment_status === 'paid');
  const refunds = await listed(stripe, 'refunds');
  const lost = (await listed(stripe, 'disputes')).filter(({ status }) => status === 'lost');
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  return (
    sum(paid.map(({ amount_total }) => Number(amount_total))) -
    sum([...refunds, ...lost].map(({ amount }) => Number(amount)))
  );
}

type Listed = { id: string } & Record<string, unknown>;

async function listed(stripe: string, noun: string): Promise<Listed[]> {
  const all: Listed[] = [];
  for (let after = ''; ; after = `&starting_after=${all.at(-1)?.id}`) {
    const response = await fetch(`${stripe}/v1/${noun}?limit=100${after}`, {
      headers: { authorization: 'Bearer sk_test_sandbox' },
    });
    const { data, has_more } = (await response.json()) as { data: Listed[]; has_more: boolean };
    all.push(...data);
    if (!has_more) return all;
  }
}
