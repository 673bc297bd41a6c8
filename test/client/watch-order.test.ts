import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Almanac, createAlmanac } from '../../client/src/almanac.ts';
import { forwardOnly } from '../../client/src/forward-only.ts';
import type { Order } from '../../client/src/index.ts';
import { dueEmail } from '../../src/domain/email.ts';
import { eventually } from '../eventually.ts';
import { type ApiRig, type Placed, place, startApi } from '../http/api-rig.ts';
import { type Line, openLine } from './line.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const HASTY = { stallMs: 200, pollMs: 20, streamAgainMs: 60_000, reconnectMs: 20 };

async function open(): Promise<{ line: Line; placed: Placed; almanac: Almanac }> {
  const line = await openLine(api.url);
  const placed = await place(api);
  const almanac = createAlmanac({ baseUrl: line.url, accessToken: placed.accessToken });
  return { line, placed, almanac };
}

async function settle({ orderId }: Placed): Promise<void> {
  await api.deliver(await api.pay(orderId));
  await eventually(async () => expect((await api.store.orders.find(orderId))?.state).toBe('paid'));
  await api.store.orders.move(orderId, 'fulfilled', { settledAt: new Date().toISOString() });
}

/** Settles the order as soon as its first snapshot was seen. */
async function statesOf({ almanac, placed }: { almanac: Almanac; placed: Placed }, patience = {}) {
  const states: string[] = [];
  for await (const { status } of almanac.watchOrder(placed.orderId, { patience })) {
    states.push(status);
    if (states.length === 1) await settle(placed);
  }
  return states;
}

const asked = (line: Line, end: string) => line.requests.filter(({ what }) => what.endsWith(end));

test('an order is followed by its stream to its end, without being asked about', async () => {
  const watched = await open();
  await using line = watched.line;
  const states = await statesOf(watched);
  expect([states[0], states.at(-1)]).toEqual(['awaiting_payment', 'fulfilled']);
  expect(asked(line, '/events').length).toBeGreaterThan(0);
  // the last connection says what was seen, and is answered with 204
  expect(Number(asked(line, '/events').at(-1)?.lastEventId)).toBeGreaterThan(0);
});

test('where a stream stays silent, the order is asked about until it has ended', async () => {
  const watched = await open();
  await using line = watched.line;
  line.faultOf = (what) => (what.endsWith('/events') ? 'silent' : null);
  const states = await statesOf(watched, { ...HASTY, afterEndMs: 0 });
  expect([states[0], states.at(-1)]).toEqual(['awaiting_payment', 'fulfilled']);
  expect(asked(line, '/events')).toHaveLength(1);
});

test('without a stream, what comes after the end is seen too: the letter that was sent', async () => {
  const watched = await open();
  const { placed, almanac } = watched;
  await using line = watched.line;
  line.faultOf = (what) => (what.endsWith('/events') ? 'silent' : null);
  await settle(placed);
  const { orderId } = placed;
  const letters: string[] = [];
  for await (const { emails } of almanac.watchOrder(orderId, { patience: HASTY })) {
    letters.push(...emails.filter(({ kind }) => kind === 'ready').map(({ state }) => state));
    if (letters.includes('sent')) break;
    if (letters.length > 0) continue;
    const letter = dueEmail({ key: `ready-${orderId}`, kind: 'ready', orderId }, new Date());
    await api.store.emails.insert(letter);
    await api.store.emails.change(letter, { state: 'sent' });
  }
  expect(letters).toContain('sent');
});

test('an event that was cut is no order: the stream is opened again', async () => {
  const watched = await open();
  await using line = watched.line;
  line.faultOf = (what, times) => (what.endsWith('/events') && times === 1 ? 'garbled' : null);
  expect((await statesOf(watched, HASTY)).at(-1)).toBe('fulfilled');
});

test('where a proxy refuses streams, the order is asked about as well', async () => {
  const watched = await open();
  await using line = watched.line;
  line.faultOf = (what) => (what.endsWith('/events') ? 502 : null);
  const states = await statesOf(watched, { ...HASTY, afterEndMs: 0 });
  expect([states[0], states.at(-1)]).toEqual(['awaiting_payment', 'fulfilled']);
});

test('a dropped stream is opened again after the last snapshot, and none comes twice', async () => {
  const { line: opened, placed, almanac } = await open();
  await using line = opened;
  const revisions: number[] = [];
  for await (const order of almanac.watchOrder(placed.orderId, { patience: HASTY })) {
    revisions.push(order.revision);
    if (revisions.length === 1) {
      line.drop();
      setImmediate(() => void settle(placed));
    }
  }
  expect(new Set(revisions).size).toBe(revisions.length);
  expect(asked(line, '/events')[1]?.lastEventId).toBe(String(revisions[0]));
});

test('while nothing answers, the watch waits; it continues when the API is back', async () => {
  const watched = await open();
  await using line = watched.line;
  let away = true;
  line.faultOf = () => (away ? 503 : null);
  const states = statesOf(watched, HASTY);
  await eventually(() => expect(line.requests.length).toBeGreaterThan(4));
  away = false;
  expect((await states).at(-1)).toBe('fulfilled');
});

test('an order that may not be read ends the watch with the code of the API', async () => {
  await using line = await openLine(api.url);
  const placed = await place(api);
  const almanac = createAlmanac({ baseUrl: line.url, accessToken: 'ord_x.y' });
  const watch = almanac.watchOrder(placed.orderId, { patience: HASTY });
  await expect(watch.next()).rejects.toMatchObject({ code: 'not_found', status: 404 });
});

test('an aborted watch ends without an error, and a loop that is left closes its stream', async () => {
  const { line: opened, placed, almanac } = await open();
  await using line = opened;
  const stop = new AbortController();
  for await (const _ of almanac.watchOrder(placed.orderId, { signal: stop.signal })) stop.abort();
  for await (const _ of almanac.watchOrder(placed.orderId)) break;
  const before = line.requests.length;
  line.drop();
  expect((await api.request('/healthz')).status).toBe(200);
  expect(line.requests).toHaveLength(before);
});

const order = (revision: number, state: string, done: number, pagesDrawn?: number) =>
  ({
    revision,
    reports: [
      { product: 'blueprint', state, progress: { done, total: 52, etaSeconds: null, pagesDrawn } },
    ],
  }) as unknown as Order;
const shown = (...orders: Order[]) => {
  const newer = forwardOnly();
  return orders.map((each) => {
    const progress = newer(each)?.reports[0]?.progress;
    return progress && (progress.pagesDrawn ?? progress.done);
  });
};

test('counters never go back: not by a late answer, not by a second run, not by a second rendering', () => {
  expect(shown(order(3, 'generating', 9), order(2, 'generating', 7))).toEqual([9, undefined]);
  expect(shown(order(3, 'generating', 9), order(4, 'waiting', 7))).toEqual([9, 9]);
  expect(shown(order(5, 'rendering', 52, 30), order(6, 'rendering', 52, 4))).toEqual([30, 30]);
});

test('a counter falls when a report that had failed is written again', () => {
  expect(shown(order(3, 'failed', 40), order(4, 'waiting', 12))).toEqual([40, 12]);
});
