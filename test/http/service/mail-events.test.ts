import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { EmailRow } from '../../../src/domain/email.ts';
import { TransientFault } from '../../../src/domain/errors.ts';
import { newId } from '../../../src/domain/ids.ts';
import { type ApiRig, startApi } from '../api-rig.ts';
import {
  event,
  isSuppressed,
  letterOf,
  nowSeconds,
  postEvents,
  postSigned,
} from './signed-events.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const letter = (change: Partial<EmailRow> = {}) => letterOf(api, change);
const stateOf = async (key: string) => (await api.store.emails.find(key))?.state;
const alertOf = (cause: string) => api.store.emails.find(`alert-${cause}`);
const providerId = () => newId('msg').replace('_', '');

const ODD: [string, unknown][] = [
  ['a key that is no text', event('bounce', { key: 42 })],
  ['no timestamp', event('delivered', { timestamp: undefined })],
  ['a timestamp as text', event('delivered', { timestamp: 'soon' })],
  ['a timestamp beyond all dates', event('delivered', { timestamp: 1e300 })],
  ['no kind', event('delivered', { event: undefined })],
  ['a kind of a later year', event('teleported')],
  ["a kind that is an object's own word", event('constructor')],
  ['nothing', null],
  ['a text', 'delivered'],
  ['a list', [event('delivered')]],
  ['a name of a letter that is too long', event('delivered', { key: 'x'.repeat(10_000) })],
];

test.each(ODD)('one odd event (%s) does not keep the others from being taken', async (_, odd) => {
  const { key } = await letter();
  const before = api.lines.length;
  const answer = await postEvents(api, [odd, event('delivered', { key }), odd]);
  expect(answer.status).toBe(202);
  expect(await stateOf(key)).toBe('delivered');
  const told = api.lines.slice(before).filter((line) => line.includes('odd mail events'));
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0] ?? '')).toMatchObject({ odd: 2, of: 3 });
  expect(told[0]).not.toContain('nobody@example.org');
});

test('an event with odd extras is taken all the same', async () => {
  const { key } = await letter();
  const extras = { sg_message_id: 7, 'smtp-id': {}, type: ['blocked'] };
  await postEvents(api, [event('delivered', { key, ...extras })]);
  expect(await stateOf(key)).toBe('delivered');
});

test('a batch of 1,001 events (398 KB) is taken, its last one too, and others are answered meanwhile', async () => {
  const { key } = await letter();
  const foreign = Array.from({ length: 1_000 }, () =>
    event('delivered', { sg_message_id: `${providerId()}.recvd-1.0`, response: 'x'.repeat(210) }),
  );
  const batch = [...foreign, event('delivered', { key })];
  expect(JSON.stringify(batch).length).toBeGreaterThan(390_000);
  const answers: string[] = [];
  const posted = postEvents(api, batch).then(({ status }) => answers.push(`batch ${status}`));
  let meanwhile = 0;
  while (answers.length === 0) {
    const { status } = await api.request('/healthz');
    if (status === 200 && answers.length === 0) meanwhile += 1;
  }
  await posted;
  expect(meanwhile).toBeGreaterThan(0);
  expect(answers).toEqual(['batch 202']);
  expect(await stateOf(key)).toBe('delivered');
});

test('a batch above 1 MB is 413, and the limit of other routes stays 64 KB', async () => {
  const big = [event('delivered', { response: 'x'.repeat(1024 * 1024) })];
  expect((await postEvents(api, big)).status).toBe(413);
  const answers = [
    await api.post('/v1/webhooks/stripe', { x: 'x'.repeat(65 * 1024) }),
    await api.post('/v1/orders', { x: 'x'.repeat(65 * 1024) }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([413, 413]);
});

test.each([
  [
    'sg_message_id',
    (id: string) => ({ sg_message_id: `${id}.filter0905p1mdw1-4434-59E0C6FF-3.0` }),
  ],
  ['smtp-id, as of a late bounce', (id: string) => ({ 'smtp-id': `<${id}@geopod-ismtpd-1>` })],
  [
    'sg_message_id beside a key of another type',
    (id: string) => ({ key: 42, sg_message_id: `${id}.recvd-7f9.0` }),
  ],
])("an event without our key is matched by the provider's id (%s)", async (_, named) => {
  for (const id of [providerId(), `${providerId()}.dfd.64b469`]) {
    const { key } = await letter({ providerId: id });
    const answer = await postEvents(api, [event('bounce', { type: 'blocked', ...named(id) })]);
    expect(answer.status).toBe(202);
    expect(await stateOf(key)).toBe('blocked');
  }
});

test('an id that only begins like that of a letter is not its id', async () => {
  const id = providerId();
  const { key } = await letter({ providerId: id });
  await postEvents(api, [
    event('bounce', { sg_message_id: `${id}x.recvd-7f9.0` }),
    event('bounce', { sg_message_id: `${id.slice(0, -1)}.recvd-7f9.0` }),
    event('bounce', { sg_message_id: '.', 'smtp-id': '<@x>' }),
  ]);
  expect(await stateOf(key)).toBe('sent');
});

test("an event that is earlier than the provider's answer to our sending is asked for again", async () => {
  const id = providerId();
  const sendingSince = new Date().toISOString();
  const { key } = await letter({ state: 'sending', sendingSince });
  const other = await letter();
  // a second may have passed since the event's own: the timestamp has no fraction
  const batch = [
    event('bounce', {
      type: 'blocked',
      sg_message_id: `${id}.recvd-1.0`,
      timestamp: nowSeconds() + 1,
    }),
    event('delivered', { key: other.key }),
  ];
  const early = await postEvents(api, batch);
  expect(early.status).toBe(503);
  expect(await early.json()).toMatchObject({ code: 'mail_event_early' });
  expect(await stateOf(other.key)).toBe('delivered'); // the rest of the batch is taken
  await api.store.emails.change(
    { key, kind: 'ready', orderId: '' },
    { state: 'sent', providerId: id },
  );
  expect((await postEvents(api, batch)).status).toBe(202);
  expect(await stateOf(key)).toBe('blocked');
  // nothing is in hand now: an event of somebody else's letter is not asked for again
  const foreign = event('bounce', { sg_message_id: `${providerId()}.recvd-1.0` });
  expect((await postEvents(api, [foreign])).status).toBe(202);
});

test('a row that cannot be written does not keep the others from being taken', async () => {
  const [bad, good] = [await letter(), await letter()];
  const { change } = api.store.emails;
  const spy = vi.spyOn(api.store.emails, 'change').mockImplementation((row, ...rest) => {
    if (row.key === bad.key) throw new Error('a fault of ours');
    return change(row, ...rest);
  });
  const batch = [bad, good].map(({ key }) => event('delivered', { key }));
  const answer = await postEvents(api, batch);
  spy.mockRestore();
  expect(answer.status).toBe(202);
  expect(await stateOf(good.key)).toBe('delivered');
  expect(api.lines.join('')).toContain('mail events lost');
});

test('while the store is away the batch is 503, and nothing of it is lost when it comes again', async () => {
  const { key, placed } = await letter();
  const batch = [event('bounce', { key, type: 'bounce' })];
  const away = () => Promise.reject(new TransientFault('store_unavailable', 'away'));
  for (const method of ['find', 'insert', 'change'] as const) {
    const spy = vi.spyOn(api.store.emails, method).mockImplementation(away);
    expect((await postEvents(api, batch)).status).toBe(503);
    spy.mockRestore();
  }
  expect((await postEvents(api, batch)).status).toBe(202);
  expect(await stateOf(key)).toBe('bounced');
  expect(await isSuppressed(api, placed)).toBe(true);
  expect(await alertOf(`bounce-${key}`)).toMatchObject({ kind: 'alert' });
});

test('forged, altered and old mail events are 400 and change nothing', async () => {
  const { key } = await letter();
  const body = JSON.stringify([event('delivered', { key })]);
  const answers = [
    await postSigned(api, body, String(nowSeconds()), `${body} `),
    await postSigned(api, body, String(nowSeconds() - 3_600)),
    await api.post('/v1/webhooks/sendgrid', JSON.parse(body)),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'webhook_signature' });
  }
  expect(await stateOf(key)).toBe('sent');
});

test.each([
  ['one event outside a list', { event: 'delivered' }],
  ['a number', 7],
])('a signed body that is not a list (%s) is 400', async (_, body) => {
  const answer = await postEvents(api, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'bad_request' });
});
