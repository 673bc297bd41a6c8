/** Reports that are past the time their customers were promised. */
import { afterEach, expect, test } from 'vitest';
import { isSettled } from '../../../src/domain/transitions.ts';
import { announceDelay } from '../../../src/orders/letters/announce-delay.ts';
import { catalogueOf, sampleDefinition, sampleOrder, sampleReport } from '../../workers/sample.ts';
import { MINUTE, openWatching, type Watching } from './watching.ts';

let watching: Watching;
afterEach(() => watching.close());

const PROMISED = 30 * MINUTE;

async function place(id: string): Promise<void> {
  const at = watching.ago(0);
  await watching.store.orders.insert({ ...sampleOrder(id), paidAt: at });
  await watching.store.reports.upsert([sampleReport(id, { createdAt: at })]);
}

test('a report past its promised time is told once, though it comes nearer to its end, and told when none is late', async () => {
  watching = await openWatching(undefined, PROMISED);
  await place('ord_1');
  const { store } = watching;
  const report = await store.reports.claim('ord_1-blueprint', watching.now());
  await watching.lookFor(29 * MINUTE);
  expect(await watching.told()).toEqual([]);
  await watching.lookFor(8 * MINUTE);
  expect(await watching.told()).toEqual(['reports are later than promised: blueprint']);
  const [alert] = await watching.alerts();
  expect(alert?.note).toContain('1 of them, the first since 2026-03-01 12:30 UTC.');
  expect(alert?.note).toContain('ord_1-blueprint');

  await store.reports.move('ord_1-blueprint', report?.fence ?? 0, 'rendering', watching.now());
  await store.reports.move('ord_1-blueprint', report?.fence ?? 0, 'delivering', watching.now());
  await store.reports.move('ord_1-blueprint', report?.fence ?? 0, 'delivered', watching.now());
  await watching.lookFor(2 * MINUTE);
  expect(await watching.told()).toEqual([
    'reports are later than promised: blueprint',
    expect.stringContaining('reports are later than promised: blueprint'),
  ]);
});

test('being late fails nothing: the report stays open with the deadline that it had', async () => {
  watching = await openWatching(undefined, PROMISED);
  await place('ord_1');
  const before = await watching.store.reports.find('ord_1-blueprint');
  await watching.lookFor(50 * MINUTE);
  const after = await watching.store.reports.find('ord_1-blueprint');
  expect(after).toEqual(before);
  expect(after && isSettled(after.state)).toBe(false);
});

test('the letter about a delay goes by the promised time, and not by the soft limit of running time', async () => {
  watching = await openWatching();
  await place('ord_1');
  const { store, base } = watching;
  const order = await store.orders.find('ord_1');
  if (!order) throw new Error('no order');
  const limits = { callMs: 1_000, softMs: 5 * MINUTE, hardMs: 6 * MINUTE };
  const catalogue = catalogueOf(sampleDefinition({ limits, promisedMs: PROMISED }));
  const announce = async () => {
    await announceDelay({ ...base, catalogue }, order, await store.reports.ofOrder('ord_1'));
    return (await store.emails.created({ from: new Date(0) }, ['due'], ['delayed'], 9)).length;
  };
  watching.pass(PROMISED);
  expect(await announce()).toBe(0);
  watching.pass(1);
  expect(await announce()).toBe(1);
});
