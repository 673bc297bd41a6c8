import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiRig, bearer, type Placed, startApi } from '../api-rig.ts';
import { deliveredOrder, paidOrder } from '../operators/money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const delivered = () => deliveredOrder(api);
const renew = (path: string) =>
  api.request(`${path}/renew`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  });
const resend = (placed: Placed) =>
  api.request(`/v1/orders/${placed.orderId}/email`, { method: 'POST', ...bearer(placed) });

test("a new link goes only to the order's address, and revokes the older one", async () => {
  const { placed, path, linkId } = await delivered();
  const answer = await renew(path);
  expect(answer.status).toBe(202);
  expect(await answer.text()).not.toContain('/d/');
  expect(await api.store.emails.find(`reissued-${linkId}-g2`)).toMatchObject({
    kind: 'reissued',
    orderId: placed.orderId,
    state: 'due',
  });
  const old = await api.request(path);
  expect(old.status).toBe(410);
  expect(await old.text()).toContain(`action="${path}/renew"`);
  const current = `/d/${api.tokens.make('link', linkId, 2)}`;
  expect((await api.request(current)).status).toBe(302);
});

test('new links are not sent too often', async () => {
  const { placed, path } = await delivered();
  expect((await resend(placed)).status).toBe(202);
  const again = await resend(placed);
  expect(again.status).toBe(429);
  expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await again.json()).toMatchObject({ code: 'too_soon' });
  expect((await renew(path)).status).toBe(429);
  const kinds = (await api.store.emails.ofOrder(placed.orderId)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'reissued')).toHaveLength(1);
});

test('who asks again although the last e-mail did not arrive is told so, and when to try again', async () => {
  const { placed } = await delivered();
  await resend(placed);
  const letters = await api.store.emails.ofOrder(placed.orderId);
  const row = letters.find(({ kind }) => kind === 'reissued');
  if (row) await api.store.emails.change(row, { state: 'blocked' });
  expect(await (await resend(placed)).json()).toMatchObject({
    code: 'too_soon',
    detail: expect.stringMatching(/did not arrive. Please try again in \d+ min/),
  });
});

test('a made-up token sends no link', async () => {
  const { linkId } = await delivered();
  expect((await renew(`/d/${linkId}.${'x'.repeat(43)}`)).status).toBe(404);
});

test('there are no links to send before anything is delivered', async () => {
  const answer = await resend(await paidOrder(api));
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'report_not_ready' });
});
