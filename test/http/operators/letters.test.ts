import { afterAll, beforeAll, expect, test } from 'vitest';
import { dueEmail, type EmailState } from '../../../src/domain/email.ts';
import { newId } from '../../../src/domain/ids.ts';
import { type ApiRig, OPERATOR_PASSWORD, type Placed, startApi } from '../api-rig.ts';
import { nowSeconds, postEvents } from '../service/signed-events.ts';
import { deliveredOrder } from './money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

async function letter(state: EmailState): Promise<{ key: string; placed: Placed }> {
  const { placed } = await deliveredOrder(api, { email: `${newId('ada')}@example.com` });
  const key = `ready-${placed.orderId}`;
  const row = { key, kind: 'ready', orderId: placed.orderId, state, providerId: 'first' } as const;
  await api.store.emails.insert(dueEmail(row, new Date()));
  return { key, placed };
}
const resend = (key: string, why = 'the block is lifted') =>
  api.post(
    `/v1/operator/emails/${encodeURIComponent(key)}/resend`,
    { why },
    { authorization: `Bearer ${OPERATOR_PASSWORD}` },
  );
const find = (key: string) => api.store.emails.find(key);

test.each(['blocked', 'failed'] as const)(
  'an operator has a %s letter sent again, and the audit knows it',
  async (state) => {
    const { key, placed } = await letter(state);
    const answer = await resend(key);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({
      key,
      kind: 'ready',
      orderId: placed.orderId,
      state: 'due',
    });
    expect(await find(key)).toMatchObject({ state: 'due', tries: 0, providerId: null });
    expect((await api.store.audit.ofOrder(placed.orderId)).at(-1)).toMatchObject({
      actor: 'operator',
      action: 'resend',
      detail: `${key}; the block is lifted`,
    });
    expect((await resend(key)).status).toBe(409); // once: it is due now
  },
);

test('an event of the first sending does not end the second one, whose own end is told again', async () => {
  const { key } = await letter('sent');
  const first = { event: 'bounce', type: 'blocked', key, timestamp: nowSeconds() - 60 };
  await postEvents(api, [first]);
  await resend(key);
  await postEvents(api, [first]); // SendGrid repeats events
  expect(await find(key)).toMatchObject({ state: 'due' });
  const row = await find(key);
  if (!row) throw new Error('no letter');
  await api.store.emails.change(row, { state: 'sent', providerId: 'second' });
  await postEvents(api, [first]);
  expect(await find(key)).toMatchObject({ state: 'sent' });
  await postEvents(api, [{ ...first, timestamp: nowSeconds() + 1 }]);
  expect(await find(key)).toMatchObject({ state: 'blocked' });
  expect(await find(`alert-blocked-${key}-${row.resentAt}`)).toMatchObject({ kind: 'alert' });
});

test.each([
  ['delivered', 409, 'letter_state'],
  ['due', 409, 'letter_state'],
  ['bounced', 409, 'address_failed'],
] as const)('a %s letter is not sent again', async (state, status, code) => {
  const answer = await resend((await letter(state)).key);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code });
});

test('a letter of an erased order, and one that does not exist, are not sent again', async () => {
  const { key, placed } = await letter('blocked');
  await api.store.orders.change(placed.orderId, { erasedAt: new Date().toISOString() });
  expect((await resend(key)).status).toBe(410);
  expect((await resend('ready-ord_none')).status).toBe(404);
});

test('an alert that bounced is sent again once the address of the operators works', async () => {
  const { placed } = await letter('sent');
  const key = `alert-${newId('cause')}`;
  const row = { key, kind: 'alert', orderId: placed.orderId, state: 'bounced' } as const;
  await api.store.emails.insert(dueEmail(row, new Date()));
  expect((await resend(key)).status).toBe(202);
});

test('sending again takes an operator and a reason', async () => {
  const { key } = await letter('blocked');
  expect((await api.post(`/v1/operator/emails/${key}/resend`, { why: 'x' })).status).toBe(401);
  expect((await resend(key, ' ')).status).toBe(422);
  expect(await find(key)).toMatchObject({ state: 'blocked' });
});
