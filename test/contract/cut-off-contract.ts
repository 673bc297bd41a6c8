/** Writes over several documents, cut off at any point: once finished, the books are right. */
import { expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import type { CallEnding } from '../../src/domain/model-call.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { exampleCall, exampleOrder, exampleReport, exampleSection } from './store-examples.ts';

/** Another connection. After so many writes, the next one waits for `then`, or never happens. */
export type OpenStopping = (
  writes: number,
  then: () => Promise<void>,
) => Promise<{ store: Store; close(): Promise<void> }>;

/** More writes than either way needs in any database. */
const MOST_WRITES = 20;
const COST = 5_000;

const WAYS = {
  'a call is closed': async (store: Store, { ending }: Placed) =>
    store.modelCalls.close(ending.id, ending.closing, ending.booking),
  'a section is saved with the call that completed it': async (store: Store, placed: Placed) => {
    await store.sections.insert(placed.section, placed.ending);
  },
};

type Placed = Awaited<ReturnType<typeof place>>;

/** A call that was sent under a cap, with a report and a product of its own. */
async function place(store: Store) {
  const order = exampleOrder({ state: 'paid' });
  const report = exampleReport(order.id);
  const call = exampleCall(report, { raw: null });
  const account = { cap: 'day' as const, key: newId('day'), capMicros: 1_000_000 };
  const productId = newId('product');
  await store.orders.insert(order);
  await store.reports.upsert([report]);
  await store.spend.reserve([account], 40_000);
  await store.modelCalls.open(call);
  const closing = {
    outcome: 'answered' as const,
    fault: null,
    answered: ['s1'],
    raw: '{}',
    latencyMs: 20,
    tokensIn: 1_000,
    tokensCached: 400,
    tokensOut: 300,
    costMicros: COST,
    closedAt: '2026-03-01T12:00:01.000Z',
  };
  const booking = {
    reportId: report.id,
    productId,
    model: 'gpt-4o',
    day: '2026-03-01',
    accounts: [account.key],
    reservedMicros: 40_000,
  };
  const ending: CallEnding = { id: call.id, closing, booking };
  const revision = (await store.orders.find(order.id))?.revision ?? 0;
  return {
    order,
    report,
    call,
    account,
    productId,
    ending,
    revision,
    section: exampleSection(report, 1),
  };
}

async function booksOf(store: Store, { report, account, productId, order }: Placed) {
  const days = await store.spend.usage('2026-03-01', '2026-03-01');
  return {
    day: days
      .filter((row) => row.productId === productId)
      .map((row) => [row.calls, row.costMicros]),
    report: (await store.spend.usageOfReport(report.id))?.costMicros,
    account: (await store.spend.find(account.key))?.committedMicros,
    outcomes: (await store.modelCalls.ofReport(report.id)).map((call) => call.outcome),
    revision: (await store.orders.find(order.id))?.revision,
  };
}

const later = (): Date => new Date(Date.now() + 60_000);

export function describeCutOff(current: () => Store, openStopping: OpenStopping): void {
  for (const [what, write] of Object.entries(WAYS)) {
    const right = ({ revision }: Placed) => ({
      day: [[1, COST]],
      report: COST,
      account: COST,
      outcomes: ['answered'],
      revision: what.includes('section') ? revision + 1 : revision,
    });

    it(`books once when ${what}, at whatever write it was cut off, tried again or not`, async () => {
      const store = current();
      for (let writes = 0; writes <= MOST_WRITES; writes += 1) {
        const placed = await place(store);
        const cut = await openStopping(writes, () => Promise.reject(new Error('cut off')));
        await write(cut.store, placed).catch(() => {});
        await cut.close();
        // a crash before the first write leaves nothing to finish: the next run does it all
        if (writes % 2 === 0 || writes < 3) await write(store, placed);
        await store.finish(later());
        await store.finish(later());
        expect(await booksOf(store, placed), `behind ${writes} writes`).toEqual(right(placed));
      }
    });

    it(`books once when ${what} by a process that falls asleep in it while another finishes it`, async () => {
      const store = current();
      for (let writes = 1; writes <= MOST_WRITES; writes += 3) {
        const placed = await place(store);
        const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
        const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
        const asleep = await openStopping(writes, () => {
          stop();
          return awake;
        });
        const writing = write(asleep.store, placed);
        await Promise.race([stopped, writing]);
        await store.finish(later());
        wake();
        await writing;
        await asleep.close();
        await store.finish(later());
        expect(await booksOf(store, placed), `behind ${writes} writes`).toEqual(right(placed));
      }
    });
  }
}
