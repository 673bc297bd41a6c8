/** `npm run simulate -- --seeds 1000 --ticks 10000`: ends with one JSON line; exits 1 on a violation. */
import { parseArgs } from 'node:util';
import { type Bug, simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    ticks: { type: 'string', default: '10000' },
    bug: { type: 'string' },
  },
});
const BUGS: readonly Bug[] = ['no-fence-check', 'blind-settle', 'section-upsert'];
const bug = BUGS.find((each) => each === values.bug);
const first = Number(values.from);
const seeds = Number(values.seeds);
const began = performance.now();
const totals = { orders: 0, delivered: 0, ticks: 0 };
const found = new Map<string, number>();
let hashes = 0x811c9dc5;

for (let seed = first; seed < first + seeds; seed += 1) {
  const one = await simulate(seed, Number(values.ticks), bug);
  totals.orders += one.orders;
  totals.delivered += one.delivered;
  totals.ticks += one.ticks;
  for (const character of one.hash) {
    hashes = Math.imul(hashes ^ character.charCodeAt(0), 0x01000193);
  }
  for (const violation of one.violations) {
    if (!found.has(violation)) console.error(`seed ${seed}: ${violation}`);
    found.set(violation, (found.get(violation) ?? 0) + 1);
  }
}
const hash = (hashes >>> 0).toString(16);
const seconds = Math.round((performance.now() - began) / 100) / 10;
const ok = found.size === 0;
const violations = Object.fromEntries(found);
console.log(JSON.stringify({ simulation: { seeds, ...totals, hash, seconds, violations, ok } }));
process.exit(ok ? 0 : 1);
