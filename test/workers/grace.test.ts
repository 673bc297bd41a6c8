import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { birthOn, resolveBirth } from '../../simulation/shop.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { QueuedReport } from '../../src/domain/ports/work.ts';
import { createCommitPaidOrder } from '../../src/orders/commit-paid-order.ts';
import { holdDisputed, releaseDisputed } from '../../src/orders/money/hold-disputed.ts';
import { createLateReports } from '../../src/orders/watch/find-late.ts';
import { claimReport } from '../../workers/claim-report.ts';
import { sweep } from '../../workers/sweeper.ts';
import { noSignals } from './nobody.ts';
import { catalogueOf, openSample, sampleDefinition, sampleOrder } from './sample.ts';

const GRACE_MS = 600_000;
const PROMISED_MS = 60_000;
const log = pino({ level: 'silent' });
const timings = scaledTimings(1);
const PRODUCTS = ['blueprint', 'life-clarity'] as const;

let sample: Awaited<ReturnType<typeof openSample>>;
let now: Date;
let ensured: QueuedReport[];
beforeEach(async () => {
  sample = await openSample();
  now = new Date();
  ensured = [];
});
afterEach(() => sample.close());

function deps() {
  const catalogue = catalogueOf(
    sampleDefinition({ id: 'blueprint', grace: 'long', promisedMs: PROMISED_MS }),
    sampleDefinition({
      id: 'life-clarity',
      queue: 'life-clarity',
      promisedMs: PROMISED_MS,
    }),
  );
  const base = { store: sample.store, catalogue, timings, log, clock: () => now };
  const queue = {
    add: async () => {},
    ensure: async (report: QueuedReport) => {
      ensured.push(report);
      return 'present' as const;
    },
    ping: async () => {},
    health: () => Promise.reject(new Error('not asked')),
    close: async () => {},
  };
  const commitPaidOrder = createCommitPaidOrder({ ...base, queue, signals: noSignals });
  const settleOrder = async () => {};
  return { ...base, queue, commitPaidOrder, settleOrder, sendEmail: async () => {} };
}

/** An order whose grace has just begun. */
async function paid() {
  const graceUntil = new Date(now.getTime() + GRACE_MS).toISOString();
  const order = {
    ...sampleOrder('ord_1', [...PRODUCTS]),
    paidAt: now.toISOString(),
    graceUntil,
  };
  await sample.store.orders.insert(order);
  await deps().commitPaidOrder(order);
  return order;
}

const pass = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};
const waits = async () =>
  (await sample.store.reports.ofOrder('ord_1')).map(({ notBefore }) => notBefore);
const letters = async () =>
  (await sample.store.emails.ofOrder('ord_1')).map(({ kind }) => kind).sort();

test('the longest grace of its products holds for all reports of an order, also when a sweep writes them', async () => {
  const { graceUntil } = await paid();
  expect(await waits()).toEqual([graceUntil, graceUntil]);
  await sweep(deps());
  expect(await waits()).toEqual([graceUntil, graceUntil]);
  expect(ensured.map(({ delayMs }) => delayMs)).toEqual([GRACE_MS, GRACE_MS]);
});

test('reports that are written only after the grace begin at once', async () => {
  const graceUntil = new Date(now.getTime() - 1).toISOString();
  await sample.store.orders.insert({ ...sampleOrder('ord_1', [...PRODUCTS]), graceUntil });
  await sweep(deps());
  expect(await waits()).toEqual([null, null]);
});

test('a start that was cut short is finished by the next sweep', async () => {
  await paid();
  pass(1_000);
  await sample.store.orders.endGrace('ord_1', now);
  await sweep(deps());
  expect(await waits()).toEqual([null, null]);
  expect(ensured.filter(({ delayMs }) => delayMs > 0)).toEqual([]);
});

test('a report that waits after a fault still waits when the grace is over', async () => {
  await paid();
  pass(GRACE_MS);
  const id = 'ord_1-blueprint';
  await sample.store.reports.claim(id, now);
  const notBefore = new Date(now.getTime() + 60_000).toISOString();
  await sample.store.reports.move(id, 1, 'waiting', now, { notBefore });
  await sweep(deps());
  expect((await sample.store.reports.find(id))?.notBefore).toBe(notBefore);
});

test('the letter about a delay counts the promised time from the end of the grace', async () => {
  await paid();
  pass(GRACE_MS + PROMISED_MS - 1_000);
  await sweep(deps());
  expect(await letters()).toEqual(['received']);
  pass(2_000);
  await sweep(deps());
  expect(await letters()).toEqual(['delayed', 'received']);
});

test('after "start now" the promised time counts from then', async () => {
  await paid();
  pass(1_000);
  await sample.store.orders.endGrace('ord_1', now);
  pass(PROMISED_MS + 1_000);
  await sweep(deps());
  expect(await letters()).toEqual(['delayed', 'received']);
});

test('operators hear of late reports counted from the end of the grace, or from "start now"', async () => {
  await paid();
  const late = async () => {
    const reports = createLateReports(deps());
    for (const report of await sample.store.reports.ofOrder('ord_1')) reports.see(report);
    return reports.found().length;
  };
  pass(GRACE_MS + PROMISED_MS - 1_000);
  expect(await late()).toBe(0);
  pass(2_000);
  expect(await late()).toBe(2); // of two queues

  now = new Date(now.getTime() - GRACE_MS - PROMISED_MS);
  await sample.store.orders.endGrace('ord_1', now);
  await sweep(deps());
  pass(PROMISED_MS - 1_000);
  expect(await late()).toBe(0);
  pass(2_000);
  expect(await late()).toBe(2);
});

test('a dispute that is won within the grace does not let a report begin before its end', async () => {
  const order = await paid();
  await holdDisputed(deps(), order);
  pass(1_000);
  await releaseDisputed(deps(), order);
  expect(await waits()).toEqual([order.graceUntil, order.graceUntil]);
});

test('a correction that comes between the first look of a claim and its write is what is written about', async () => {
  const order = await paid();
  pass(GRACE_MS);
  const birth = resolveBirth(birthOn(9));
  const store: Store = {
    ...sample.store,
    orders: {
      ...sample.store.orders,
      async find(id) {
        const seen = await sample.store.orders.find(id);
        if (seen) await sample.store.orders.correct(seen, { ...seen.subject, birth });
        return seen;
      },
    },
  };
  const claim = await claimReport(
    { ...deps(), store },
    { reportId: 'ord_1-blueprint', orderId: order.id },
  );
  expect(claim).toMatchObject({ kind: 'claimed', order: { subject: { birth } } });
});

test.each(['before its first look', 'between its first look and its write'])(
  'a report whose order is erased %s does not become a run, and burns no attempt',
  async (when) => {
    const order = await paid();
    pass(GRACE_MS);
    const erase = () => sample.store.orders.change('ord_1', { erasedAt: now.toISOString() });
    if (when === 'before its first look') await erase();
    const store: Store = {
      ...sample.store,
      reports: {
        ...sample.store.reports,
        async claim(...args) {
          await erase();
          return sample.store.reports.claim(...args);
        },
      },
    };
    const job = { reportId: 'ord_1-blueprint', orderId: order.id };
    expect(await claimReport({ ...deps(), store }, job)).toMatchObject({
      kind: 'refused',
      outcome: { kind: 'drop', reason: 'erased' },
    });
    expect(await sample.store.reports.find(job.reportId)).toMatchObject({ attempts: 0 });
  },
);

test('the second report of an order is written about the birth that the first has frozen', async () => {
  const order = await paid();
  pass(GRACE_MS);
  const claim = (product: string) =>
    claimReport(deps(), { reportId: `ord_1-${product}`, orderId: order.id });
  await claim('blueprint');
  const frozen = await sample.store.orders.find('ord_1');
  if (!frozen) throw new Error('no order');
  pass(1_000);
  expect(await claim('life-clarity')).toMatchObject({
    kind: 'claimed',
    order: { subject: frozen.subject },
  });
  expect((await sample.store.orders.find('ord_1'))?.subjectFrozenAt).toBe(frozen.subjectFrozenAt);
});
