/** Delivery events, signed as SendGrid signs them. */
import { sign } from 'node:crypto';
import { eventKey } from '../../../sandbox/sendgrid/event-key.ts';
import { dueEmail, type EmailRow } from '../../../src/domain/email.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { ApiRig, Placed } from '../api-rig.ts';
import { deliveredOrder, orderOf } from '../operators/money-moves.ts';

export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

/** Posts a batch. */
export function postEvents(api: ApiRig, events: unknown): Promise<Response> {
  return postSigned(api, JSON.stringify(events), String(nowSeconds()));
}

/** @param sent the body that is sent: another than the one that is signed */
export function postSigned(
  api: ApiRig,
  body: string,
  timestamp: string,
  sent = body,
): Promise<Response> {
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

/** An event as SendGrid writes it. */
export const event = (kind: string, more: object = {}): object => ({
  email: 'nobody@example.org',
  event: kind,
  timestamp: nowSeconds(),
  sg_event_id: newId('evt'),
  ...more,
});

/** A letter of a delivered order, each with an address of its own. */
export async function letterOf(
  api: ApiRig,
  change: Partial<EmailRow> = {},
): Promise<{ key: string; placed: Placed }> {
  const { placed } = await deliveredOrder(api, { email: `${newId('ada')}@example.com` });
  const key = `ready-${placed.orderId}`;
  const row = { key, kind: 'ready', orderId: placed.orderId, state: 'sent' } as const;
  await api.store.emails.insert(dueEmail({ ...row, ...change }, new Date()));
  return { key, placed };
}

export async function isSuppressed(api: ApiRig, placed: Placed): Promise<boolean> {
  const { email } = await orderOf(api, placed);
  return api.store.suppressions.has(api.tokens.fingerprint(email));
}
