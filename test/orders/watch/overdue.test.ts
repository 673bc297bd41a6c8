import { afterEach, beforeEach, expect, test } from 'vitest';
import { dueEmail } from '../../../src/domain/email.ts';
import { newRefund } from '../../../src/domain/refund.ts';
import { sampleOrder } from '../../workers/sample.ts';
import { HOUR, MINUTE, openWatching, timings, type Watching } from './watching.ts';

let watching: Watching;
beforeEach(async () => {
  watching = await openWatching();
});
afterEach(() => watching.close());

async function owe(id: string, dueAt: Date) {
  const order = sampleOrder(id);
  const owed = { order, report: null, reason: 'failed', dueAt } as const;
  return watching.store.refunds.ensure(newRefund(owed, watching.now()));
}

test('a refund that is tried again and again without getting out is told two hours after it was due', async () => {
  const { id } = await owe('ord_1', new Date(watching.now().getTime() + HOUR - 1));
  await watching.lookFor(HOUR);
  for (let hour = 0; hour < 2; hour += 1) {
    expect(await watching.told()).toEqual([]);
    await watching.store.refunds.take(id, watching.now(), watching.now());
    await watching.lookFor(HOUR);
  }
  expect(await watching.told()).toEqual(['refunds do not get out']);
  expect((await watching.alerts())[0]?.note).toContain(id);
  await watching.store.refunds.move(id, 'sending', 'done');
  await watching.look();
  expect((await watching.told()).at(-1)).toBe('over: refunds do not get out');
});

test('a purge that does not go through is told two hours after it was due, and one in time is not', async () => {
  await watching.store.orders.insert({ ...sampleOrder('ord_1'), purgeAt: watching.ago(0) });
  await watching.store.orders.insert({ ...sampleOrder('ord_2'), purgeAt: watching.ago(-9 * HOUR) });
  await watching.lookFor(2 * HOUR - MINUTE);
  expect(await watching.told()).toEqual([]);
  await watching.lookFor(MINUTE);
  expect(await watching.told()).toEqual(['erased orders are not purged']);
  const note = (await watching.alerts())[0]?.note;
  expect(note).toContain('ord_1');
  expect(note).not.toContain('ord_2');
});

test("Stripe's events and customers' letters that nobody processes are told after 15 minutes", async () => {
  const { store } = watching;
  const event = { id: 'evt_1', type: 'refund.updated', objectId: 're_1' };
  await store.stripeEvents.insert({ ...event, receivedAt: watching.ago(1), processedAt: null });
  const letter = { key: 'ready-ord_1', kind: 'ready', orderId: 'ord_1' } as const;
  await store.emails.insert(dueEmail(letter, new Date(watching.ago(1))));
  await watching.lookFor(timings.letterStill - MINUTE);
  expect(await watching.told()).toEqual([]);
  await watching.lookFor(MINUTE);
  expect((await watching.told()).toSorted()).toEqual([
    "Stripe's events are not processed",
    'letters do not leave',
  ]);
  await store.stripeEvents.processed('evt_1', watching.now());
  await store.emails.change(letter, { state: 'sent' });
  await watching.look();
  expect(await watching.told()).toHaveLength(4);
});

test('an alert that does not leave is not told by one more alert', async () => {
  const alert = { key: 'alert-x', kind: 'alert', orderId: '', note: 'x' } as const;
  await watching.store.emails.insert(dueEmail(alert, watching.now()));
  await watching.lookFor(HOUR);
  expect(await watching.told()).toEqual(['x']);
});

test('one area that cannot be looked at keeps its alarms, and the others are told', async () => {
  await owe('ord_1', new Date(watching.ago(1)));
  await watching.store.orders.insert({ ...sampleOrder('ord_2'), purgeAt: watching.ago(0) });
  await watching.lookFor(2 * HOUR);
  const { overdue } = watching.store.refunds;
  watching.store.refunds.overdue = () => {
    throw new Error('broken');
  };
  await watching.store.orders.change('ord_2', { purgeAt: null });
  await watching.look();
  expect((await watching.told()).toSorted()).toEqual([
    'erased orders are not purged',
    'over: erased orders are not purged',
    'refunds do not get out',
  ]);
  watching.store.refunds.overdue = overdue;
  await watching.look();
  expect(await watching.told()).toHaveLength(3);
});
