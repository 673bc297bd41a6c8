/** `almanac reconcile`: compares the orders with Stripe now, and prints what it changed. */
import { parseArgs } from 'node:util';
import { withOrders } from '../local/money.ts';

export const summary = 'compares orders with Stripe and makes good what never reached us';

/** @returns 1 when something could not be compared */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log('npm run almanac -- reconcile');
    return 0;
  }
  const result = await withOrders(({ orders }) => orders.reconcile());
  if (!result.ran) {
    console.log('another process is at it: nothing was done here');
    return 0;
  }
  for (const { orderId, from, to, refundedMinor } of result.changed) {
    const refund = refundedMinor === 0 ? '' : `, ${refundedMinor} minor units went back`;
    console.log(`${orderId}: ${from} -> ${to}${refund}`);
  }
  const { events, compared, changed, failed } = result;
  console.log(
    `${events} undelivered events acted on, ${compared} orders compared, ${changed.length} changed, ${failed} failed`,
  );
  return failed === 0 ? 0 : 1;
}
