/** `almanac caps`: what model calls may cost, and how much is used. Raising a cap releases held reports. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import { accountKeyOf, CAP_NAMES, type Caps } from '../../src/domain/spend.ts';
import { createMoveReport } from '../../src/orders/operators/move-report.ts';
import { createSetCaps } from '../../src/orders/operators/set-caps.ts';
import { openHouseOfCommand } from '../local/environment.ts';
import { tableText } from '../sky/table.ts';

export const summary = 'shows or sets the spending caps, and releases the reports that they hold';

const USAGE = `npm run almanac -- caps [--report 60] [--day 500] [--month 5000] [--release]

  Each cap in dollars, or none. A cap set here overrides the configured one, at once and in every worker.
  Setting a cap, or --release, releases every report that a cap holds.`;

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
  const house = await openHouseOfCommand('operator');
  try {
    if (values.release || Object.keys(wanted).length > 0) {
      const setCaps = createSetCaps({ ...house, moveReport: createMoveReport(house) });
      const released = await setCaps(wanted);
      console.log(`${released.length} held reports continue`);
    }
    const caps = { ...house.config.caps, ...(await house.store.spend.caps()) };
    const rows = [];
    for (const cap of CAP_NAMES) {
      const used =
        cap === 'report'
          ? null
          : await house.store.spend.find(accountKeyOf(cap, '', house.clock()));
      rows.push([
        cap,
        dollars(caps[cap]),
        cap === 'report' ? '' : dollars(used?.committedMicros ?? 0),
      ]);
    }
    console.log(tableText([['Cap', 'Dollars', 'Used or reserved'], ...rows], [1, 2]));
    return 0;
  } finally {
    await house.close();
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
