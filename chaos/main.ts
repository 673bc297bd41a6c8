/** `npm run chaos -- --seed 1 --orders 200 --minutes 10`: ends with one JSON line; exits 1 on a violation. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '2' },
    'time-scale': { type: 'string', default: '5' },
    'fault-every': { type: 'string', default: '4' },
    keep: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'almanac-chaos-'));
const options = {
  seed: Number(values.seed),
  orders: Number(values.orders),
  minutes: Number(values.minutes),
  timeScale: Number(values['time-scale']),
  faultEvery: Number(values['fault-every']),
  folder,
};
console.error(`chaos: ${JSON.stringify(options)}`);
const verdict = await runChaos(options);
const { timeScale } = options;
if (verdict.ok && !values.keep) await rm(folder, { recursive: true });
else console.error(`logs and data are kept in ${folder}`);
console.log(JSON.stringify({ chaos: { ...verdict, timeScale } }));
process.exit(verdict.ok ? 0 : 1);
