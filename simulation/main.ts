/**
 * `npm run simulate -- --seeds 1000 --ticks 10000`: shares the seeds out over threads. Ends with one JSON
 * line whose results do not depend on the number of threads. Exits 1 on a violation.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { BUGS, type Bug, type Simulated, simulate } from './simulate.ts';

interface Share {
  seeds: number[];
  ticks: number;
  bug: Bug | undefined;
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    ticks: { type: 'string', default: '10000' },
    threads: { type: 'string', default: String(availableParallelism()) },
    bug: { type: 'string' },
  },
});

if (isMainThread) await simulateAll();
else await simulateShare(workerData);

async function simulateShare({ seeds, ticks, bug }: Share): Promise<void> {
  for (const seed of seeds) parentPort?.postMessage(await simulate(seed, ticks, bug));
}

async function simulateAll(): Promise<void> {
  const [first, seeds, threads] = [values.from, values.seeds, values.threads].map(Number);
  const all = Array.from({ length: seeds ?? 0 }, (_, index) => (first ?? 1) + index);
  const bug = BUGS.find((each) => each === values.bug);
  const began = performance.now();
  const days: Simulated[] = [];
  const shares = Object.values(Object.groupBy(all, (seed) => seed % (threads || 1)));
  await Promise.all(
    shares.map((share = []) => {
      const workerData: Share = { seeds: share, ticks: Number(values.ticks), bug };
      const thread = new Worker(new URL(import.meta.url), {
        workerData,
        argv: process.argv.slice(2),
      });
      thread.on('message', (day: Simulated) => days.push(day));
      return new Promise((resolve, reject) => thread.once('error', reject).once('exit', resolve));
    }),
  );
  days.sort((a, b) => a.seed - b.seed);

  const violations: Record<string, number> = {};
  let hashes = 0x811c9dc5;
  for (const { seed, hash, violations: found } of days) {
    for (const character of hash) {
      hashes = Math.imul(hashes ^ character.charCodeAt(0), 0x01000193);
    }
    for (const violation of found) {
      if (!(violation in violations)) console.error(`seed ${seed} (${hash}): ${violation}`);
      violations[violation] = (violations[violation] ?? 0) + 1;
    }
  }
  const total = (of: 'orders' | 'delivered' | 'ticks') =>
    days.reduce((sum, day) => sum + day[of], 0);
  const ok = days.length === all.length && Object.keys(violations).length === 0;
  const found = { orders: total('orders'), delivered: total('delivered'), ticks: total('ticks') };
  const hash = (hashes >>> 0).toString(16);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const simulation = { seeds: days.length, ...found, hash, seconds, violations, ok };
  console.log(JSON.stringify({ simulation }));
  process.exit(ok ? 0 : 1);
}
