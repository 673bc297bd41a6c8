/** Delivery events, signed as SendGrid signs them. */
import { sign } from 'node:crypto';
import { eventKey } from '../../../sandbox/sendgrid/event-key.ts';
import type { ApiRig } from '../api-rig.ts';

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
