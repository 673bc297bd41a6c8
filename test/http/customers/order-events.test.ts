import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dueEmail } from '../../../src/domain/email.ts';
import { eventually } from '../../eventually.ts';
import { type ApiRig, bearer, type Placed, place, startApi } from '../api-rig.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

interface Stream {
  status: number;
  messages: EventSourceMessage[];
  /** resolves when the server ends the stream */
  ended: Promise<void>;
  close(): void;
}

async function open(placed: Placed, lastEventId?: number): Promise<Stream> {
  const { headers } = bearer(placed);
  if (lastEventId !== undefined) headers['last-event-id'] = String(lastEventId);
  const gone = new AbortController();
  const path = `/v1/orders/${placed.orderId}/events`;
  const response = await api.request(path, { headers, signal: gone.signal });
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  const text = response.body?.pipeThrough(new TextDecoderStream());
  const ended = (async () => {
    for await (const chunk of text ?? []) parser.feed(chunk);
  })();
  ended.catch(() => {}); // closed by the test
  return { status: response.status, messages, ended, close: () => gone.abort() };
}

async function confirm(placed: Placed): Promise<void> {
  await api.pay(placed.orderId);
  const path = `/v1/orders/${placed.orderId}/confirm`;
  await api.request(path, { method: 'POST', ...bearer(placed) });
}

/** Settles the order as a worker does. */
async function settle(placed: Placed): Promise<void> {
  await api.store.orders.move(placed.orderId, 'fulfilled', { settledAt: new Date().toISOString() });
}

const stateIn = ({ data }: EventSourceMessage): string => JSON.parse(data).status;
const revisionOf = async ({ orderId }: Placed) =>
  (await api.store.orders.find(orderId))?.revision ?? 0;

test('begins with the current order, follows its changes, and ends when it is settled', async () => {
  const placed = await place(api);
  const stream = await open(placed);
  await eventually(() => expect(stream.messages).toHaveLength(1));
  await confirm(placed);
  await eventually(() => expect(stream.messages.map(stateIn)).toContain('paid'));
  await settle(placed);
  await stream.ended;
  expect(stream.messages.map(stateIn).at(-1)).toBe('fulfilled');
  const ids = stream.messages.map((message) => Number(message.id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.at(-1)).toBe(await revisionOf(placed));
});

test('resumes after Last-Event-ID: only what was missed is sent', async () => {
  const placed = await place(api);
  const seen = await revisionOf(placed);
  const first = await open(placed, seen);
  await confirm(placed);
  await eventually(() => expect(first.messages.length).toBeGreaterThan(0));
  expect(Number(first.messages[0]?.id)).toBeGreaterThan(seen);
  first.close();

  await settle(placed); // while nobody listens
  const again = await open(placed, seen);
  await again.ended;
  expect(again.messages.map(stateIn)).toEqual(['fulfilled']);
});

test('an id that the order never had counts as none', async () => {
  const placed = await place(api);
  const stream = await open(placed, 999);
  await eventually(() => expect(stream.messages).toHaveLength(1));
  stream.close();
});

test('a request after the end is answered with 204, so that browsers stop asking', async () => {
  const placed = await place(api);
  await api.store.orders.move(placed.orderId, 'expired');
  const stream = await open(placed, await revisionOf(placed));
  expect(stream.status).toBe(204);
});

test('without Redis, changes still arrive by polling', async () => {
  const placed = await place(api);
  await api.redis.kill();
  try {
    const stream = await open(placed);
    await eventually(() => expect(stream.messages).toHaveLength(1));
    await api.store.orders.move(placed.orderId, 'expired');
    await stream.ended;
    expect(stream.messages.map(stateIn)).toEqual(['awaiting_payment', 'expired']);
  } finally {
    await api.redis.start();
  }
});

test('needs the order token: 401 without, 404 with another', async () => {
  const [placed, other] = [await place(api), await place(api)];
  const path = `/v1/orders/${placed.orderId}/events`;
  expect((await api.request(path)).status).toBe(401);
  expect((await api.request(path, bearer(other))).status).toBe(404);
});

test('closing the API ends open streams', async () => {
  const own = await startApi();
  const placed = await place(own);
  const response = await own.request(`/v1/orders/${placed.orderId}/events`, bearer(placed));
  await own[Symbol.asyncDispose]();
  expect(await response.text()).toContain('awaiting_payment');
});

test('a watcher that comes back after the end learns that its letter was sent', async () => {
  const placed = await place(api);
  await confirm(placed);
  const { orderId } = placed;
  const letter = dueEmail({ key: `ready-${orderId}`, kind: 'ready', orderId }, new Date());
  await api.store.emails.insert(letter);
  await settle(placed);
  const seen = await revisionOf(placed);
  expect((await open(placed, seen)).status).toBe(204);
  await api.store.emails.change(letter, { state: 'sent' });
  const again = await open(placed, seen);
  await again.ended;
  expect(again.messages).toHaveLength(1);
  const { emails } = JSON.parse(again.messages[0]?.data ?? '');
  expect(emails).toContainEqual(expect.objectContaining({ kind: 'ready', state: 'sent' }));
});
