import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import type { Order } from '../../../src/domain/order.ts';
import { PRODUCTION_TIMINGS } from '../../../src/domain/patience.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import type { Report } from '../../../src/domain/report.ts';
import { createTokens } from '../../../src/domain/token.ts';
import { createCommitPaidOrder } from '../../../src/orders/commit-paid-order.ts';
import { createReadOrder } from '../../../src/orders/customers/read-order.ts';
import { catalogue } from '../../../src/products/catalogue.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { noQueue, noSignals } from '../../workers/nobody.ts';
import { sampleOrder } from '../../workers/sample.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-orders-'));
  store = await openStore(`sqlite:${join(folder, 'almanac.db')}`);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const PAID = new Date('2026-11-21T10:00:00.000Z');
const minutesLater = (minutes: number) => new Date(PAID.getTime() + minutes * 60_000);

async function paidOrder(products: string[]): Promise<{ order: Order; reports: Report[] }> {
  const id = newId('ord');
  const order: Order = {
    ...sampleOrder(id, products),
    products,
    checkoutSessionId: 'cs_1',
    checkoutUrl: 'https://pay.example',
    paymentIntentId: 'pi_1',
    createdAt: PAID.toISOString(),
    paidAt: PAID.toISOString(),
  };
  await store.orders.insert(order);
  const commit = createCommitPaidOrder({
    store,
    catalogue,
    queue: noQueue,
    signals: noSignals,
    timings: PRODUCTION_TIMINGS,
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
    clock: () => PAID,
  });
  await commit(order);
  await commit(order); // the sweeper may do it again
  return { order, reports: await store.reports.ofOrder(id) };
}

async function saveSteps(report: Report, from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step += 1) {
    await store.sections.insert({
      reportId: report.id,
      orderId: report.orderId,
      edition: report.editions.at(-1)?.edition ?? 1,
      step,
      answers: [],
      model: 'gpt-4o',
      calls: 1,
      costMicros: 0,
      tokensIn: 0,
      tokensCached: 0,
      tokensOut: 0,
      completedAt: PAID.toISOString(),
    });
  }
}

function snapshotAt(now: Date) {
  return createReadOrder({
    store,
    catalogue,
    tokens: createTokens('a-secret-of-at-least-32-characters!!'),
    publicUrl: 'https://almanac.example',
    clock: () => now,
  });
}

test('a paid order has one waiting report per product, due a day after payment, in the order given', async () => {
  const { order, reports } = await paidOrder(['personal-horoscope', 'blueprint']);
  expect(reports).toHaveLength(2);
  for (const report of reports) {
    expect(report).toMatchObject({
      state: 'waiting',
      fence: 0,
      editions: [{ edition: 1, fromStep: 1 }],
    });
    expect(report.deadline).toBe('2026-11-22T10:00:00.000Z');
  }
  const snapshot = await snapshotAt(PAID)(order);
  expect(snapshot.reports.map((report) => report.product)).toEqual([
    'personal-horoscope',
    'blueprint',
  ]);
  expect(snapshot.checkoutUrl).toBeNull();
});

test('says when the birth was and whether its offset is uncertain, until it is erased', async () => {
  const { order } = await paidOrder(['blueprint']);
  const { birth } = order.subject;
  // an order from before offsets had doubts
  const read = snapshotAt(PAID);
  expect((await read(order)).birth).toEqual({
    utc: birth.utc,
    offsetSeconds: birth.offsetSeconds,
    offsetUncertain: null,
  });
  const offsetDoubt = { code: 'own_summer_time', why: 'towns chose' };
  const doubted = { ...order, subject: { ...order.subject, birth: { ...birth, offsetDoubt } } };
  expect((await read(doubted)).birth?.offsetUncertain).toBe('towns chose');
  expect((await read({ ...order, erasedAt: PAID.toISOString() })).birth).toBeNull();
});

test('the time left follows the pace of the steps so far, and is unknown before the first step', async () => {
  const { order, reports } = await paidOrder(['blueprint']);
  const [report] = reports;
  if (!report) throw new Error('no report');
  const progressAt = async (now: Date) => (await snapshotAt(now)(order)).reports[0]?.progress;

  expect(await progressAt(PAID)).toEqual({ done: 0, total: 52, etaSeconds: null });
  await store.reports.claim(report.id, PAID);
  expect(await progressAt(minutesLater(1))).toEqual({ done: 0, total: 52, etaSeconds: null });
  await saveSteps(report, 1, 13);
  // 13 steps in 1 minute: the other 39 take 3
  expect(await progressAt(minutesLater(1))).toEqual({ done: 13, total: 52, etaSeconds: 180 });
});

test('a later edition counts the steps it took over as done, but not for its pace', async () => {
  const { order, reports } = await paidOrder(['blueprint']);
  const [report] = reports;
  if (!report) throw new Error('no report');
  await saveSteps(report, 1, 26);
  const claimed = await store.reports.claim(report.id, PAID);
  const editions = [...report.editions, { edition: 2, fromStep: 27 }];
  await store.reports.change(report.id, claimed?.fence ?? 0, { editions });
  await saveSteps({ ...report, editions }, 27, 39);
  const [snapshot] = (await snapshotAt(minutesLater(1))(order)).reports;
  expect(snapshot?.progress).toEqual({ done: 39, total: 52, etaSeconds: 60 });
});
