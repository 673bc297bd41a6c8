/** What `npm run demo` shows: one order, from placing it to the files. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFile, makePrivateFolder } from '../../src/disk/private.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { reportIdOf } from '../../src/domain/ids.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import {
  download,
  type PlacedOrder,
  pay,
  placeOrder,
  readyLetters,
  type Snapshot,
  startNow,
  type Wish,
  watch,
} from '../local/customer.ts';
import type { Stack } from '../local/stack.ts';
import { createProgress } from './progress.ts';
import { type ReportSummary, summarise } from './summary.ts';

export interface DemoSummary {
  orderId: string;
  /** from the order to the last report's link */
  seconds: number;
  /** `ready` e-mails in the mailbox */
  emails: number;
  reports: ReportSummary[];
}

/** @param out folder for the PDFs and `summary.json` */
export async function runOrder(
  stack: Stack,
  store: Store,
  wish: Wish,
  out: string,
): Promise<DemoSummary> {
  const began = Date.now();
  const order = await placeOrder(stack.apiUrl, wish);
  console.log(`order ${order.orderId} placed; paying at the Stripe stand-in`);
  await pay(stack.sandbox.stripe, order);
  const last = await follow(stack.apiUrl, order);
  if (last.status !== 'fulfilled') {
    throw new AlmanacError('demo', `the order ended as ${last.status}: see ${stack.logs}`);
  }

  const letters = await readyLetters(stack.sandbox.sendgrid, order.orderId);
  const links = letters[0]?.text.match(/http\S+\/d\/\S+/g) ?? [];
  makePrivateFolder(out);
  const reports: ReportSummary[] = [];
  for (const [index, { product }] of last.reports.entries()) {
    const link = links[index];
    const report = await store.reports.find(reportIdOf(order.orderId, product));
    if (!link || !report) throw new AlmanacError('demo', `the e-mail has no link to ${product}`);
    const file = join(out, `${product}.pdf`);
    await download(link, file);
    if (statSync(file).size !== report.pdf?.bytes) {
      throw new AlmanacError('demo', `${file} is not the file that was rendered`);
    }
    reports.push(await summarise(store, report, file));
  }
  const seconds = Math.round((Date.now() - began) / 100) / 10;
  const summary = { orderId: order.orderId, seconds, emails: letters.length, reports };
  const file = join(out, 'summary.json');
  makePrivateFile(file);
  writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

async function follow(apiUrl: string, order: PlacedOrder): Promise<Snapshot> {
  const progress = createProgress();
  let last: Snapshot | null = null;
  let started = false;
  try {
    for await (const snapshot of watch(apiUrl, order)) {
      if (snapshot.graceEndsAt !== null && !started) {
        started = true;
        console.log('paid; for ten minutes the order could still be corrected: starting it now');
        await startNow(apiUrl, order);
      }
      progress.show(snapshot);
      last = snapshot;
    }
  } finally {
    progress.end();
  }
  if (!last) throw new AlmanacError('demo', 'the order never showed a state');
  return last;
}
