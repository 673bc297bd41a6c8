import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TransientFault } from '../../../src/domain/errors.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { Order } from '../../../src/domain/order.ts';
import { PRODUCTION_TIMINGS } from '../../../src/domain/patience.ts';
import { newRefund } from '../../../src/domain/refund.ts';
import {
  createEraseOldOrders,
  type EraseOldOrdersDeps,
  MOST_ERASED,
} from '../../../src/orders/customers/erase-old-orders.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { sampleOrder } from '../../workers/sample.ts';
import { type ApiRig, place, startApi } from '../api-rig.ts';
import { deliveredOrder, orderOf } from '../operators/money-moves.ts';

const DAY = 24 * 60 * 60 * 1_000;
/** Each test is earlier than the one before it, so that no other's orders are old in it. */
let today = Date.UTC(2020, 0, 1);

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(() => {
  today -= 400 * DAY;
});
afterAll(() => api[Symbol.asyncDispose]());

const daysAgo = (days: number) => new Date(today - days * DAY).toISOString();

/** One turn of the chore. */
function turn(change: Partial<EraseOldOrdersDeps> = {}): Promise<number> {
  return createEraseOldOrders({
    store: api.store,
    eraseOrder: api.orders.eraseOrder,
    retention: { unpaidDays: 30, endedDays: null },
    timings: PRODUCTION_TIMINGS,
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
    clock: () => new Date(today),
    ...change,
  })();
}
const withDays = (endedDays: number) => turn({ retention: { unpaidDays: 30, endedDays } });

async function stored(
  change: Partial<Order> & { dispute?: object; disputedAt?: string | null },
): Promise<string> {
  const id = newId('ord');
  await api.store.orders.insert({ ...sampleOrder(id), ...change });
  return id;
}
const unpaid = (state: Order['state'], days: number) =>
  stored({ state, paidAt: null, createdAt: daysAgo(days) });
const ended = (days: number, change: Parameters<typeof stored>[0] = {}) =>
  stored({
    state: 'fulfilled',
    createdAt: daysAgo(days),
    paidAt: daysAgo(days),
    settledAt: daysAgo(days),
    ...change,
  });
const isErased = async (id: string) => Boolean((await api.store.orders.find(id))?.erasedAt);
const erasedOf = async (ids: string[]) => {
  const erased = await Promise.all(ids.map(isErased));
  return ids.filter((_, index) => erased[index]);
};

test.each(['expired', 'payment_failed', 'cancelled'] as const)(
  'an order that was never paid (%s) is erased after 30 days, and not before, and the audit says by whom',
  async (state) => {
    const [old, young] = [await unpaid(state, 31), await unpaid(state, 29)];
    expect(await turn()).toBe(1);
    expect(await erasedOf([old, young])).toEqual([old]);
    expect(await api.store.orders.find(old)).toMatchObject({ email: '', amountMinor: 1900 });
    expect(await api.store.audit.ofOrder(old)).toMatchObject([
      { actor: 'retention', action: 'erase' },
    ]);
    expect(await turn()).toBe(0);
  },
);

test('an order that still awaits its payment is closed at Stripe and erased, but not while a slow payment may come', async () => {
  const placed = await place(api);
  const { createdAt, checkoutSessionId } = await orderOf(api, placed);
  const placedAt = Date.parse(createdAt);
  const at = (days: number) =>
    turn({
      retention: { unpaidDays: 1, endedDays: null },
      clock: () => new Date(placedAt + days * DAY),
    });
  await at(15);
  expect(await isErased(placed.orderId)).toBe(false);
  await at(31);
  expect(await orderOf(api, placed)).toMatchObject({ state: 'cancelled', email: '' });
  expect(await api.pay(placed.orderId)).toHaveProperty('error');
  expect(checkoutSessionId).not.toBeNull();
});

test('an order that was paid is kept, unless the settings say for how long', async () => {
  const [old, young] = [await ended(91), await ended(89)];
  expect(await turn()).toBe(0);
  expect(await withDays(90)).toBe(1);
  expect(await erasedOf([old, young])).toEqual([old]);
});

test('a delivered order that is old loses its PDFs and links', async () => {
  const { placed } = await deliveredOrder(api);
  await api.store.orders.move(placed.orderId, 'fulfilled', { settledAt: daysAgo(400) });
  await withDays(399);
  expect(await isErased(placed.orderId)).toBe(true);
  expect(api.removed).toContain(`${placed.orderId}-life-clarity/`);
  expect(await api.store.links.ofOrder(placed.orderId)).toEqual([]);
});

test('an order whose report is written again is not old, however long ago it was placed', async () => {
  const ids = [
    await ended(500, { state: 'partly_fulfilled', settledAt: null }),
    await ended(500, { state: 'paid', settledAt: null }),
  ];
  expect(await withDays(1)).toBe(0);
  expect(await erasedOf(ids)).toEqual([]);
});

test('an order in dispute is left until the dispute has ended', async () => {
  const open = await ended(91, { dispute: { status: 'open' } });
  const since = await ended(91, { disputedAt: daysAgo(90) });
  const won = await ended(91, { dispute: { status: 'won' }, disputedAt: null });
  await withDays(90);
  expect(await erasedOf([open, since, won])).toEqual([won]);
});

test('an order to which money is still owed is left until the money has gone back', async () => {
  const paid = await ended(91, { state: 'failed' });
  // money that came when the order was closed already
  const late = await unpaid('expired', 31);
  for (const id of [paid, late]) {
    const order = await api.store.orders.find(id);
    if (!order) throw new Error('no order');
    const owed = { order, report: null, reason: 'failed', dueAt: new Date(today) } as const;
    await api.store.refunds.ensure(newRefund(owed, new Date(today)));
  }
  expect(await withDays(90)).toBe(0);
  for (const id of [paid, late]) await api.store.refunds.move(`rfd_${id}`, 'due', 'done');
  expect(await withDays(90)).toBe(2);
});

test('a turn erases a bounded number, and orders that must wait do not keep it from the others', async () => {
  for (let count = 0; count <= MOST_ERASED; count += 1) {
    await ended(92, { dispute: { status: 'open' } });
  }
  const old = await Promise.all(Array.from({ length: MOST_ERASED + 1 }, () => ended(91)));
  expect(await withDays(90)).toBe(MOST_ERASED);
  expect(await withDays(90)).toBe(1);
  expect(await erasedOf(old)).toHaveLength(old.length);
});

test('one order that cannot be erased does not keep the others', async () => {
  const [bad, good] = [await ended(92), await ended(91)];
  const { eraseOrder } = api.orders;
  const erase: typeof eraseOrder.erase = async (order, actor) => {
    if (order.id === bad) throw new Error('a fault of ours');
    return eraseOrder.erase(order, actor);
  };
  await turn({ eraseOrder: { erase }, retention: { unpaidDays: 30, endedDays: 90 } });
  expect(await erasedOf([bad, good])).toEqual([good]);
});

test('while a provider is away a turn begins one erasure only, audited, and the rest of it follows', async () => {
  const [first, second] = [await ended(92), await ended(91)];
  const { eraseOrder } = api.orders;
  const erase: typeof eraseOrder.erase = async (order) => {
    await api.store.orders.change(order.id, { erasedAt: daysAgo(0), purgeAt: daysAgo(0) });
    throw new TransientFault('blob_unavailable', 'away');
  };
  await turn({ eraseOrder: { erase }, retention: { unpaidDays: 30, endedDays: 90 } });
  expect(await erasedOf([first, second])).toEqual([first]);
  expect(await api.store.audit.ofOrder(first)).toMatchObject([
    { actor: 'retention', action: 'erase', detail: 'begun; the rest follows: blob_unavailable' },
  ]);
  await eraseOrder.purgeAgain();
  expect(await withDays(90)).toBe(1);
});
