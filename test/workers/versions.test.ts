import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { createCommitPaidOrder } from '../../src/orders/commit-paid-order.ts';
import { noQueue, noSignals } from './nobody.ts';
import { catalogueOf, sampleDefinition, sampleOrder } from './sample.ts';
import { type Bench, never, openBench, timings } from './turn-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const versionOf = (version: number): ProductDefinition => ({
  ...sampleDefinition({ version }),
  plan: (facts, subject) => ({
    ...sampleDefinition().plan(facts, subject),
    system: `prompt of version ${version}`,
  }),
});
const [first, second] = [versionOf(1), versionOf(2)];

async function pay(orderId: string, ...deployed: ProductDefinition[]): Promise<void> {
  const order = sampleOrder(orderId);
  await bench.store.orders.insert(order);
  await createCommitPaidOrder({
    store: bench.store,
    catalogue: catalogueOf(...deployed),
    signals: noSignals,
    timings,
    queue: noQueue,
    log: pino({ level: 'silent' }),
    clock: bench.now,
  })(order);
}

/** @returns the prompts that a run asks with */
async function run(orderId: string, ...deployed: ProductDefinition[]) {
  const asked: string[] = [];
  const outcome = await bench.carryOut({
    catalogue: catalogueOf(...deployed),
    async runSteps(turn) {
      asked.push(turn.plan.system);
      await bench.writeAll(turn);
    },
  })({ reportId: `${orderId}-blueprint`, orderId }, never);
  return { asked, kind: outcome.kind };
}

test('a worker of the old build gives back a report of the new version unchanged', async () => {
  await pay('ord_2', second, first);
  expect(await run('ord_2', first)).toEqual({ asked: [], kind: 'snooze' });
  expect(await bench.store.reports.find('ord_2-blueprint')).toMatchObject({
    state: 'waiting',
    fence: 0,
    attempts: 0,
  });
});
