/** `almanac caps`: what model calls may cost, what of it is used; raising a cap lets held reports go on. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import { accountKeyOf, CAP_NAMES, type Caps } from '../../src/domain/spend.ts';
import { createMoveReport } from '../../src/orders/operators/move-report.ts';
import { createSetCaps } from '../../src/orders/operators/set-caps.ts';
import { openDesk } from '../local/operator-desk.ts';
import { tableText } from '../sky/table.ts';

export const summary = 'shows or sets the spending caps, and releases what a cap has held';

const USAGE = `npm run almanac -- caps [--report 60] [--day 500] [--month 5000] [--release]

  Dollars, or none. A cap set here goes before the configured one, at once and in every worker.
  Setting one, or --release, lets every report go on that a cap has held.`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      report: { type: 'string' },
      day: { type: 'string' },
      month: { type: 'string' },
      release: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const wanted: Partial<Caps> = Object.fromEntries(
    CAP_NAMES.flatMap((cap) => {
      const given = values[cap];
      return given === undefined ? [] : [[cap, microsOf(cap, given)]];
    }),
  );
  const desk = await openDesk();
  try {
    if (values.release || Object.keys(wanted).length > 0) {
      const setCaps = createSetCaps({ ...desk, moveReport: createMoveReport(desk) });
      const released = await setCaps(wanted);
      console.log(`${released.length} held reports continue`);
    }
    const caps = { ...desk.config.caps, ...(await desk.store.spend.caps()) };
    const rows = [];
    for (const cap of CAP_NAMES) {
      const used =
        cap === 'report' ? null : await desk.store.spend.find(accountKeyOf(cap, '', desk.clock()));
      rows.push([
        cap,
        dollars(caps[cap]),
        cap === 'report' ? '' : dollars(used?.committedMicros ?? 0),
      ]);
    }
    console.log(tableText([['Cap', 'Dollars', 'Used or reserved'], ...rows], [1, 2]));
    return 0;
  } finally {
    await desk.close();
  }
}

function microsOf(cap: string, given: string): number | null {
  if (given === 'none') return null;
  const amount = Number(given);
  if (given.trim() !== '' && amount >= 0 && amount <= 1_000_000) return Math.round(amount * 1e6);
  throw new AlmanacError('usage', `--${cap}: dollars up to 1000000, or none, such as --${cap} 60`);
}

function dollars(micros: number | null): string {
  return micros === null ? 'none' : (micros / 1e6).toFixed(2);
}
