/** `almanac purge`: erases the personal data of orders that ended long ago, and says what was removed. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { isOver, ORDER_STATES } from '../../src/domain/transitions.ts';
import { withOrders } from '../local/money.ts';

export const summary = 'erases the personal data of orders that ended long ago';

const USAGE = `npm run almanac -- purge --older-than 90d [--dry-run]

  Erases name, birth, e-mail address, texts and PDFs of orders that ended at least that many days ago.
  Amounts, dates and states are kept for the books. This cannot be undone: --dry-run only lists the orders.`;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** An order that awaits its payment or is being written is never old. */
const ENDED = ORDER_STATES.filter((state) => isOver({ state }));

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
    console.log(USAGE);
    return 0;
  }
  const days = Number(/^(\d+)d$/.exec(values['older-than'] ?? '')?.[1] ?? Number.NaN);
  if (!(days >= 1)) {
    throw new AlmanacError(
      'usage',
      '--older-than: whole days, 1d or more, such as --older-than 90d',
    );
  }
  const dry = values['dry-run'];
  return withOrders(async ({ orders, house: { store, clock } }) => {
    const before = new Date(clock().getTime() - days * DAY_MS).toISOString();
    const total = {
      orders: 0,
      failed: 0,
      sections: 0,
      modelAnswers: 0,
      facts: 0,
      links: 0,
      pdfs: 0,
    };
    for await (const order of endedBefore(store, before)) {
      const name = `${order.id} (${order.state}, ended ${endOf(order).slice(0, 10)})`;
      try {
        const removed = dry ? null : await orders.eraseOrder.erase(order, 'operator');
        if (removed?.waitsForDispute) {
          console.log(`${name}: its payment is disputed: erased when that has ended`);
          continue;
        }
        console.log(`${name}: ${removed === null ? 'would be erased' : wordsOf(removed)}`);
        total.orders += 1;
        for (const each of COUNTED) total[each] += removed?.[each] ?? 0;
      } catch (error) {
        if (!(error instanceof AlmanacError)) throw error;
        total.failed += 1;
        console.log(
          `${name}: not fully erased (${error.message}): the API removes the rest within the hour`,
        );
      }
    }
    const when = `that ended before ${before.slice(0, 10)}`;
    if (total.orders + total.failed === 0) console.log(`no order ${when}: nothing to erase`);
    else if (dry)
      console.log(`${total.orders} orders ${when} would be erased; nothing was changed`);
    else
      console.log(
        `${total.orders} orders ${when} erased, ${total.failed} only in part: ${wordsOf(total)}`,
      );
    return total.failed === 0 ? 0 : 1;
  });
}

const COUNTED = ['sections', 'modelAnswers', 'facts', 'links', 'pdfs'] as const;

function wordsOf(removed: Record<(typeof COUNTED)[number], number>): string {
  const { sections, modelAnswers, facts, links, pdfs } = removed;
  return `name, birth and address, ${sections} sections, ${facts} charts, ${modelAnswers} raw answers, ${links} links, ${pdfs} PDFs`;
}

function endOf(order: Order): string {
  return order.settledAt ?? order.createdAt;
}

async function* endedBefore(store: Store, before: string): AsyncGenerator<Order> {
  for (const state of ENDED) {
    for await (const order of store.orders.inState(state)) {
      if (!order.erasedAt && endOf(order) < before) yield order;
    }
  }
}
