/** `npm run chaos -- --seed 1 --orders 200 --minutes 10`. The last line is JSON. Exits 1 on a violation. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planHash } from './plan.ts';
import { type ChaosOptions, planOf, runChaos } from './run-chaos.ts';
import { SCENARIOS, type ScenarioName } from './scenario.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string' },
    minutes: { type: 'string', default: '2' },
    'time-scale': { type: 'string' },
    'fault-every': { type: 'string', default: '4' },
    store: { type: 'string', default: 'sqlite' },
    scenario: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const { scenario } = values;
const store = values.store === 'mongo' ? 'mongo' : 'sqlite';
const names = Object.keys(SCENARIOS);
if (!isScenario(scenario)) throw new Error(`--scenario: must be one of ${names.join(', ')}`);
if (store !== values.store) throw new Error('--store: must be sqlite or mongo');

const folder = mkdtempSync(join(tmpdir(), 'almanac-chaos-'));
const options: ChaosOptions = {
  seed: Number(values.seed),
  // the stand-in for MongoDB scans the whole collection at each write
  orders: Number(values.orders ?? (scenario ? 100 : store === 'mongo' ? 12 : 40)),
  minutes: Number(values.minutes),
  timeScale: Number(values['time-scale'] ?? (scenario ? 1 : 5)),
  faultEvery: Number(values['fault-every']),
  folder,
  store,
  scenario,
};
// this process's exit kills the house
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
console.error(`chaos: ${JSON.stringify({ ...options, plan: planHash(planOf(options)) })}`);
const result = await runChaos(options);
const { timeScale } = options;
if (result.ok && !values.keep) await rm(folder, { recursive: true });
else console.error(`logs and data are kept in ${folder}`);
console.log(JSON.stringify({ chaos: { ...result, timeScale } }));
process.exit(result.ok ? 0 : 1);

function isScenario(name: string | undefined): name is ScenarioName | undefined {
  return name === undefined || names.includes(name);
}
