/** `almanac reconcile`: compares the orders with Stripe now, and prints what it changed. */
import { parseArgs } from 'node:util';
import { withOrders } from '../local/money.ts';

export const summary = 'compares orders with Stripe, and applies what never reached us';

const USAGE = `npm run almanac -- reconcile

  Asks Stripe about every order that is unpaid or being written, and for events that never arrived here. Safe
  at any time; the API does the same every 15 minutes. Exits with 1 if something could not be compared.`;

/** @returns 1 when something could not be compared */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const result = await withOrders(({ orders }) => orders.reconcile());
  const { ran, events, compared, changed, failed, cutShort } = result;
  if (!ran) {
    console.log('the API, or another command, is comparing right now: try again in half a minute');
    return 0;
  }
  for (const { orderId, from, to, refundedMinor } of changed) {
    const state = from === to ? to : `${from} -> ${to}`;
    const refund = refundedMinor === 0 ? '' : `, ${refundedMinor} minor units refunded`;
    console.log(`${orderId}: ${state}${refund}`);
  }
  for (const { id, type, objectId } of events) {
    console.log(`${id}: ${type} of ${objectId} had not arrived; applied now`);
  }
  for (const { id, reason } of failed) console.log(`${id}: left unchanged: ${reason}`);
  if (cutShort)
    console.log('Stripe does not answer: the others were not tried. Run this again later');
  console.log(
    `${compared} orders compared, ${changed.length} changed, ${events.length} lost events applied, ${failed.length} left unchanged`,
  );
  return failed.length === 0 ? 0 : 1;
}
