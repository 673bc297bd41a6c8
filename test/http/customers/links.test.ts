import { sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventKey } from '../../../sandbox/sendgrid/event-key.ts';
import { dueEmail } from '../../../src/domain/email.ts';
import { newLink } from '../../../src/domain/link.ts';
import { type ApiRig, bearer, type Placed, startApi } from '../api-rig.ts';
import { endReport, orderOf, paidOrder } from '../operators/money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** A delivered order, with its link as in an e-mail. */
async function delivered(): Promise<{ placed: Placed; path: string; linkId: string }> {
  const placed = await paidOrder(api);
  const [report] = await api.store.reports.ofOrder(placed.orderId);
  if (!report) throw new Error('no report');
  await endReport(api, report, 'delivered');
  const link = await api.store.links.ensure(
    newLink(report, new Date(Date.now() + 60_000).toISOString(), new Date()),
  );
  return { placed, linkId: link.id, path: `/d/${api.tokens.make('link', link.id, 1)}` };
}

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

test('a made-up token sends no link', async () => {
  const { linkId } = await delivered();
  expect((await renew(`/d/${linkId}.${'x'.repeat(43)}`)).status).toBe(404);
});

test('there are no links to send before anything is delivered', async () => {
  const answer = await resend(await paidOrder(api));
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'report_not_ready' });
});

function mailEvent(key: string, event: string, more: object = {}, timestamp = Date.now() / 1_000) {
  const body = JSON.stringify([{ event, key, timestamp: Math.floor(timestamp), ...more }]);
  return signed(body, String(Math.floor(timestamp)));
}

function signed(body: string, timestamp: string, sent = body): Promise<Response> {
  const signature = sign('sha256', Buffer.from(timestamp + body), eventKey()).toString('base64');
  return api.request('/v1/webhooks/sendgrid', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-signature': signature,
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
    body: sent,
  });
}

async function letterOf(placed: Placed, state: 'sending' | 'sent'): Promise<string> {
  const key = `ready-${placed.orderId}`;
  const row = { key, kind: 'ready', orderId: placed.orderId, state } as const;
  await api.store.emails.insert(dueEmail(row, new Date()));
  return key;
}
const stateOf = async (key: string) => (await api.store.emails.find(key))?.state;

test('a letter whose sending got no answer counts as sent once SendGrid says so', async () => {
  const key = await letterOf((await delivered()).placed, 'sending');
  expect((await mailEvent(key, 'processed')).status).toBe(202);
  expect(await stateOf(key)).toBe('sent');
  await mailEvent(key, 'delivered');
  await mailEvent(key, 'processed'); // late, and ignored: `delivered` says more
  expect(await stateOf(key)).toBe('delivered');
});

test('a bounce is reported to operator and customer, and the address gets no more letters', async () => {
  const { placed } = await delivered();
  const key = await letterOf(placed, 'sent');
  await mailEvent(key, 'bounce', { type: 'bounce' });
  expect(await stateOf(key)).toBe('bounced');
  const page = await (await api.request(`/o/${placed.accessToken}`)).text();
  expect(page).toContain('could not reach your e-mail address');
  expect(await api.store.emails.find(`alert-bounce-${key}`)).toMatchObject({ kind: 'alert' });
  const { email } = await orderOf(api, placed);
  expect(await api.store.suppressions.has(api.tokens.fingerprint(email))).toBe(true);
  const answer = await resend(placed);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'address_failed' });
});

test('a temporary block is not a bounce', async () => {
  const key = await letterOf((await delivered()).placed, 'sent');
  await mailEvent(key, 'bounce', { type: 'blocked' });
  expect(await stateOf(key)).toBe('sent');
});

test('forged, altered and old mail events are 400 and change nothing', async () => {
  const key = await letterOf((await delivered()).placed, 'sent');
  const body = JSON.stringify([{ event: 'delivered', key, timestamp: 1 }]);
  const now = String(Math.floor(Date.now() / 1_000));
  const answers = [
    await signed(body, now, `${body} `),
    await signed(body, String(Number(now) - 3_600)),
    await api.post('/v1/webhooks/sendgrid', JSON.parse(body)),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'webhook_signature' });
  }
  expect(await stateOf(key)).toBe('sent');
});
