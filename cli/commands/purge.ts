/** `almanac purge`: erases the persons of orders that ended long ago, and says what was removed. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { ORDER_STATES } from '../../src/domain/transitions.ts';
import { withOrders } from '../local/money.ts';

export const summary = "erases the persons' data of orders that ended long ago";

const DAY_MS = 24 * 60 * 60 * 1_000;
const PAGE = 100;
/** What is awaited or being written is never old. */
const ENDED = ORDER_STATES.filter((state) => state !== 'awaiting_payment' && state !== 'paid');

export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      'older-than': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log('npm run almanac -- purge --older-than 90d [--dry-run]');
    return 0;
  }
  const days = Number(/^(\d+)d$/.exec(values['older-than'] ?? '')?.[1] ?? Number.NaN);
  if (!(days >= 1)) {
    throw new AlmanacError('usage', '--older-than: days, for example --older-than 90d');
  }
  return withOrders(async ({ orders, store, clock }) => {
    const before = new Date(clock().getTime() - days * DAY_MS).toISOString();
    let erased = 0;
    for await (const order of endedBefore(store, before)) {
      erased += 1;
      if (values['dry-run']) {
        console.log(`${order.id}: ${order.state}, would be erased`);
        continue;
      }
      const { sections, modelAnswers, facts, links, pdfs } = await orders.eraseOrder.erase(
        order,
        'operator',
      );
      console.log(
        `${order.id}: ${sections} sections, ${facts} charts, ${modelAnswers} raw answers, ${links} links, ${pdfs} PDFs`,
      );
    }
    console.log(`${erased} orders${values['dry-run'] ? ' would be' : ''} erased`);
    return 0;
  });
}

async function* endedBefore(store: Store, before: string): AsyncGenerator<Order> {
  for (const state of ENDED) {
    let after: string | undefined;
    for (;;) {
      const page = await store.orders.inState(state, PAGE, after);
      for (const order of page) {
        const endedAt = order.settledAt ?? order.createdAt;
        if (!order.erasedAt && endedAt < before) yield order;
      }
      after = page.at(-1)?.id;
      if (page.length < PAGE) break;
    }
  }
}
