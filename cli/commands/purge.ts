/** `almanac purge`: erases the personal data of orders that ended long ago, and says what was removed. */
import { parseArgs } from 'node:util';
import type { Retention } from '../../src/domain/erasure.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { Order } from '../../src/domain/order.ts';
import { oldOrders } from '../../src/orders/customers/old-orders.ts';
import { withOrders } from '../local/money.ts';

export const summary =
  'erases the personal data of old orders; without --older-than by the settings';

const USAGE = `npm run almanac -- purge [--older-than 90d] [--dry-run]

  Erases name, birth, e-mail address, texts and PDFs of old orders: those that ended, or were placed and never paid, at
  least that many days ago; without --older-than by RETAIN_UNPAID_DAYS and RETAIN_DAYS, as the API does by itself.
  Orders in dispute, and those to which money is still owed, are kept. Amounts, dates and states are kept for the books.
  This cannot be undone: --dry-run only lists the orders.`;

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
  const days = values['older-than'] === undefined ? null : daysOf(values['older-than']);
  const dry = values['dry-run'];
  return withOrders(async ({ orders, house: { store, clock, timings, config } }) => {
    console.log(settingsText(config.retention));
    const ages = days === null ? config.retention : { unpaidDays: days, endedDays: days };
    const total = {
      orders: 0,
      kept: 0,
      failed: 0,
      sections: 0,
      modelAnswers: 0,
      facts: 0,
      links: 0,
      pdfs: 0,
    };
    for await (const { order, waits } of oldOrders({ store, timings }, ages, clock())) {
      const name = nameOf(order);
      if (waits !== null) {
        console.log(`${name}: kept, ${waits}`);
        total.kept += 1;
        continue;
      }
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
    const when = days === null ? 'older than the settings say' : `older than ${days} days`;
    const kept = total.kept > 0 ? `; ${total.kept} kept` : '';
    if (total.orders + total.failed === 0) console.log(`no order ${when}: nothing to erase${kept}`);
    else if (dry)
      console.log(`${total.orders} orders ${when} would be erased; nothing was changed${kept}`);
    else
      console.log(
        `${total.orders} orders ${when} erased, ${total.failed} only in part: ${wordsOf(total)}${kept}`,
      );
    return total.failed === 0 ? 0 : 1;
  });
}

/** @throws AlmanacError `usage` */
function daysOf(text: string): number {
  const days = Number(/^(\d{1,5})d$/.exec(text)?.[1] ?? Number.NaN);
  if (days >= 1) return days;
  throw new AlmanacError('usage', '--older-than: whole days, 1d or more, such as --older-than 90d');
}

/** What the API does by itself. */
function settingsText({ unpaidDays, endedDays }: Retention): string {
  const ended =
    endedDays === null
      ? 'paid ones never (RETAIN_DAYS is not set)'
      : `paid ones ${endedDays} days after their end (RETAIN_DAYS)`;
  return `by itself the API erases unpaid orders after ${unpaidDays} days (RETAIN_UNPAID_DAYS), ${ended}`;
}

const COUNTED = ['sections', 'modelAnswers', 'facts', 'links', 'pdfs'] as const;

function wordsOf(removed: Record<(typeof COUNTED)[number], number>): string {
  const { sections, modelAnswers, facts, links, pdfs } = removed;
  return `name, birth and address, ${sections} sections, ${facts} charts, ${modelAnswers} raw answers, ${links} links, ${pdfs} PDFs`;
}

function nameOf({ id, state, createdAt, settledAt }: Order): string {
  const since = settledAt ? `ended ${settledAt.slice(0, 10)}` : `placed ${createdAt.slice(0, 10)}`;
  return `${id} (${state}, ${since})`;
}
