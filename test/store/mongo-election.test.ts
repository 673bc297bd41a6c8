import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { scaledTimings } from '../../src/domain/patience.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openMongo } from '../../src/store/mongo/driver.ts';
import { openStore } from '../../src/store/open-store.ts';
import { judge } from '../../workers/outcome.ts';
import { exampleOrder, exampleReport, exampleSection } from '../contract/store-examples.ts';
import { type MongoRefusals, startMongoRefusals } from './mongo-refusals.ts';
import { type MongoServer, startMongoServer } from './mongo-server.ts';

/** Several slices. */
const STEPS = 50;
const ALL = Array.from({ length: STEPS }, (_, index) => index + 1);

let server: MongoServer;
let refusals: MongoRefusals;
let store: Store;
const order = exampleOrder();
const report = exampleReport(order.id);
beforeAll(async () => {
  server = await startMongoServer();
  const direct = await openStore(server.url);
  await direct.orders.insert(order);
  for (let step = 1; step <= STEPS; step += 1) {
    await direct.sections.insert(exampleSection(report, step));
  }
  await direct.close();
  refusals = await startMongoRefusals(server.url);
  store = createStore(await openMongo({ url: refusals.url }));
});
beforeEach(() => refusals.passed.splice(0));
afterAll(async () => {
  await store.close();
  await refusals.close();
  await server.stop();
});

/** What the workers make of it: the report stays as it is, and no attempt is burnt. */
function verdictOf(error: unknown) {
  const { signal } = new AbortController();
  return judge(error, signal, { attempts: 0, snoozes: 0 }, new Date(), scaledTimings(1));
}

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'store_unavailable' });
  return error;
}

const AWAY = { outcome: { kind: 'snooze', reason: 'store_unavailable' }, to: null, change: {} };

test.each([13_435, 11_602, 91, 10_107, 189, 134])(
  'a read that is refused twice with %i is a store that is away, and no attempt is burnt',
  async (code) => {
    refusals.refuse('find', code, 2);
    expect(verdictOf(await faultOf(store.orders.find(order.id)))).toMatchObject(AWAY);
    refusals.refuse('find', code, 0);
    expect((await store.orders.find(order.id))?.id).toBe(order.id);
  },
);

test.each([11_602, 91, 13_435])(
  'a listing that is refused in its middle with %i is a store that is away, and no attempt is burnt',
  async (code) => {
    refusals.refuse('getMore', code, 1);
    expect(verdictOf(await faultOf(store.sections.steps(report)))).toMatchObject(AWAY);
    expect(await store.sections.steps(report)).toHaveLength(STEPS);
  },
);

test.each([43, 237])(
  'a listing whose place the server lost (%i) is read again, and has everything once',
  async (code) => {
    refusals.refuse('getMore', code, 2);
    const steps = await store.sections.steps(report);
    expect(steps).toEqual(ALL);
    expect(refusals.passed.filter((name) => name === 'find')).toHaveLength(3);
  },
);

test('a long listing whose place is lost continues where it was: what came before is not read again', async () => {
  const steps: number[] = [];
  const finds = () => refusals.passed.filter((name) => name === 'find').length;
  for await (const { step } of store.sections.read(report)) {
    if (steps.push(step) === STEPS / 2) refusals.refuse('getMore', 43, 1);
  }
  const withLoss = finds();
  expect(steps).toEqual(ALL);
  expect(await Array.fromAsync(store.sections.read(report))).toHaveLength(STEPS);
  expect(withLoss).toBe(finds() - withLoss + 1);
});

test('a listing whose place is lost again and again is a store that is away', async () => {
  refusals.refuse('getMore', 43, 3);
  expect(verdictOf(await faultOf(store.sections.steps(report)))).toMatchObject(AWAY);
});

test('a question that MongoDB does not understand is our fault, not an outage', async () => {
  refusals.refuse('find', 2, 1); // BadValue
  await expect(store.orders.find(order.id)).rejects.toMatchObject({ code: 2 });
});
