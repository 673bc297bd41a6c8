/** `almanac usage`: what model calls have used and cost, by day, product and model, or by report. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { Used } from '../../src/domain/spend.ts';
import { PRICES_READ } from '../../src/llm/prices-read.ts';
import { createReadUsage } from '../../src/orders/operators/read-usage.ts';
import { openHouseOfCommand } from '../local/environment.ts';
import { tableText } from '../sky/table.ts';

export const summary = 'shows what model calls have used and cost';

const USAGE = `npm run almanac -- usage [--from 2026-11-01] [--to 2026-11-30] [--reports] [--json]

  Days are in UTC; the last seven if left out. --reports also lists each report begun on these days.
  Cached and written are parts of in, reasoning of out. Unknown calls are booked at the most that they may have taken.`;
const DAY_MS = 86_400_000;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      reports: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const now = Date.now();
  const range = {
    from: dayOf('from', values.from, now - 6 * DAY_MS),
    to: dayOf('to', values.to, now),
  };
  const house = await openHouseOfCommand('operator');
  try {
    const usage = await createReadUsage(house)(range);
    if (values.json) {
      console.log(JSON.stringify(usage, null, 2));
      return 0;
    }
    const days = usage.days.map((row) => [row.day, row.productId, row.model, ...figures(row)]);
    const total = ['', '', 'total', ...figures(usage.total)];
    console.log(tableText([['Day', 'Product', 'Model', ...HEADER], ...days, total], rightFrom(3)));
    console.log(
      `\nBooked at the prices of ${PRICES_READ.day}, or those of MODEL_PRICES at the time.`,
    );
    if (values.reports) {
      const reports = usage.reports.map((row) => [row.day, row.reportId, ...figures(row)]);
      console.log(`\n${tableText([['Begun', 'Report', ...HEADER], ...reports], rightFrom(2))}`);
    }
    return 0;
  } finally {
    await house.close();
  }
}

const HEADER = [
  ...['Calls', 'Faults', 'Unknown'],
  ...['In', 'Cached', 'Written', 'Out', 'Reasoning', 'Dollars'],
];

/** Columns of figures, after the first ones of words. */
function rightFrom(first: number): number[] {
  return HEADER.map((_, index) => first + index);
}

function figures(used: Used): string[] {
  const { calls, faults, unknown, tokensIn, tokensCached, tokensOut, costMicros } = used;
  const { tokensWritten, tokensReasoning } = used;
  const tokens = [tokensIn, tokensCached, tokensWritten, tokensOut, tokensReasoning];
  const counts = [calls, faults, unknown, ...tokens];
  return [...counts.map((each) => each.toLocaleString('en')), (costMicros / 1e6).toFixed(4)];
}

function dayOf(option: string, given: string | undefined, otherwise: number): string {
  if (given === undefined) return new Date(otherwise).toISOString().slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given))) return given;
  throw new AlmanacError('usage', `--${option}: give a day, such as --${option} 2026-11-21`);
}
