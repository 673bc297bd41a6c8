import { afterAll, beforeAll, expect, test } from 'vitest';
import { dueEmail, type EmailRow } from '../../../src/domain/email.ts';
import { newId } from '../../../src/domain/ids.ts';
import { type ApiRig, bearer, type Placed, startApi } from '../api-rig.ts';
import { event, isSuppressed, letterOf, postEvents } from './signed-events.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const letter = (change: Partial<EmailRow> = {}) => letterOf(api, change);
const stateOf = async (key: string) => (await api.store.emails.find(key))?.state;
const alertOf = (cause: string) => api.store.emails.find(`alert-${cause}`);
const pageOf = async ({ accessToken }: Placed) => (await api.request(`/o/${accessToken}`)).text();
const sendAgain = (placed: Placed) =>
  api.request(`/v1/orders/${placed.orderId}/email`, { method: 'POST', ...bearer(placed) });

test('a letter whose sending got no answer counts as sent once SendGrid says so', async () => {
  const { key } = await letter({ state: 'sending' });
  expect((await postEvents(api, [event('processed', { key })])).status).toBe(202);
  expect(await stateOf(key)).toBe('sent');
  await postEvents(api, [event('delivered', { key })]);
  await postEvents(api, [event('processed', { key })]); // late, and ignored: `delivered` says more
  expect(await stateOf(key)).toBe('delivered');
});

test('a letter that SendGrid could not yet deliver counts as sent, and is not sent twice', async () => {
  const { key } = await letter({ state: 'sending' });
  await postEvents(api, [event('deferred', { key, response: '451 try later', attempt: '3' })]);
  expect(await stateOf(key)).toBe('sent');
});

test('a bounce is reported to operator and customer, and the address gets no more letters', async () => {
  const { key, placed } = await letter();
  await postEvents(api, [event('bounce', { key, type: 'bounce' })]);
  expect(await stateOf(key)).toBe('bounced');
  expect(await pageOf(placed)).toContain('could not reach your e-mail address');
  expect(await alertOf(`bounce-${key}`)).toMatchObject({ kind: 'alert' });
  expect(await isSuppressed(api, placed)).toBe(true);
  const answer = await sendAgain(placed);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'address_failed' });
});

test.each([
  ['blocked', { event: 'bounce', type: 'blocked', reason: '550 poor reputation' }],
  ['dropped', { event: 'dropped', reason: 'Spam Reporting Address' }],
  ['blocked', { event: 'bounce', type: 'expired' }],
  ['blocked', { event: 'bounce', type: ['a later type'] }],
])(
  'a letter that was %s (%o) is known as not arrived and told; its address is not given up',
  async (cause, more) => {
    const { key, placed } = await letter();
    expect((await postEvents(api, [event('bounce', { key, ...more })])).status).toBe(202);
    expect(await stateOf(key)).toBe('blocked');
    expect((await alertOf(`${cause}-${key}`))?.note).toContain(`almanac order resend ${key}`);
    expect(await isSuppressed(api, placed)).toBe(false);
    const page = await pageOf(placed);
    expect(page).toContain('Our last e-mail to you did not arrive');
    expect(page).toContain('id="resend"');
    const order = await api.request(`/v1/orders/${placed.orderId}`, bearer(placed));
    const { emails } = (await order.json()) as { emails: { kind: string; state: string }[] };
    expect(emails.at(-1)).toMatchObject({ kind: 'ready', state: 'blocked' });
    expect((await sendAgain(placed)).status).toBe(202);
    expect(await pageOf(placed)).not.toContain('id="resend"'); // the new letter is on its way
  },
);

test('an address that bounces after a block is given up', async () => {
  const { key, placed } = await letter();
  await postEvents(api, [event('bounce', { key, type: 'blocked' })]);
  await postEvents(api, [event('bounce', { key, type: 'bounce' })]);
  await postEvents(api, [event('bounce', { key, type: 'blocked' })]); // late
  expect(await stateOf(key)).toBe('bounced');
  expect(await isSuppressed(api, placed)).toBe(true);
});

test('what happens to a letter after its arrival changes nothing, and is not odd', async () => {
  const { key, placed } = await letter({ state: 'delivered' });
  const before = api.lines.length;
  const kinds = ['open', 'click', 'spamreport', 'unsubscribe', 'group_unsubscribe'];
  const answer = await postEvents(
    api,
    kinds.map((kind) => event(kind, { key })),
  );
  expect(answer.status).toBe(202);
  expect(await stateOf(key)).toBe('delivered');
  expect(await isSuppressed(api, placed)).toBe(false);
  expect(api.lines.slice(before).join('')).not.toContain('odd mail events');
});

test('an alert that does not arrive is told in the log, not by another letter', async () => {
  const { placed } = await letter();
  const key = `alert-${newId('cause')}`;
  const row = { key, kind: 'alert', orderId: placed.orderId, state: 'sent', note: 'x' } as const;
  await api.store.emails.insert(dueEmail(row, new Date()));
  await postEvents(api, [event('bounce', { key, type: 'blocked' })]);
  expect(await stateOf(key)).toBe('blocked');
  expect(await alertOf(`blocked-${key}`)).toBeNull();
  expect(api.lines.join('')).toContain('an alert did not arrive');
});
