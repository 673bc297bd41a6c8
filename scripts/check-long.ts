/**
 * `npm run check:long`: checks that take long or need tools that others wrote. Each part says what it needs; a part whose
 * tools cannot be had is skipped with a word. Never part of `npm run check` or `npm test`. `npm run check:long -- papers`
 * runs one part.
 */
import { checkBirths } from './long/births.ts';
import type { Outcome } from './long/outcome.ts';
import { checkPapers } from './long/papers.ts';

const PARTS: Record<string, () => Promise<Outcome>> = {
  births: checkBirths,
  papers: checkPapers,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => PARTS[name] === undefined);
if (unknown !== undefined) {
  console.error(`check:long: there is no ${unknown}; use ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
for (const [name, check] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\ncheck:long: ${name}`);
  const outcome = await check();
  if ('skipped' in outcome) {
    console.log(`check:long: ${name} skipped: ${outcome.skipped}`);
    continue;
  }
  for (const fault of outcome.faults) console.error(`  ${fault}`);
  if (outcome.faults.length > 0) process.exitCode = 1;
  console.log(`check:long: ${name} has ${outcome.faults.length} faults`);
}
