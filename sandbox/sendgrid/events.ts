/** Delivery events: signed as SendGrid signs them, and sent again until the endpoint answers 2xx. */
import { randomBytes, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventKey } from './event-key.ts';
import type { Message } from './message.ts';

/** Waits before the second and later tries, milliseconds. */
const BACKOFF = [250, 500, 1_000, 2_000, 4_000];
const TIMEOUT_MS = 10_000;

export interface MailEvents {
  aim(url: string): void;
  /** Tries until the endpoint accepts. @returns its status at the first try; null: not reached */
  send(message: Message, event: string, more?: object): Promise<number | null>;
  /** Sends the events that the address asks for: `bounce@…`, `dropped@…`, `silent@…`, else delivered. */
  follow(message: Message): void;
  close(): Promise<void>;
}

export function createMailEvents(options: { url: string | null }): MailEvents {
  const key = eventKey();
  const closing = new AbortController();
  const pending = new Set<Promise<unknown>>();
  let { url } = options;

  async function post(body: string): Promise<number | null> {
    if (url === null) return null;
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = sign('sha256', Buffer.from(timestamp + body), key).toString('base64');
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-twilio-email-event-webhook-signature': signature,
          'x-twilio-email-event-webhook-timestamp': timestamp,
        },
        body,
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null; // not reached, or too slow: the next try decides
    }
  }

  async function again(body: string): Promise<void> {
    for (const wait of BACKOFF) {
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted || taken(await post(body))) return;
    }
  }

  function track(work: Promise<unknown>): void {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  }

  async function send(message: Message, event: string, more: object = {}): Promise<number | null> {
    if (url === null) return null;
    const body = JSON.stringify([
      {
        email: message.to[0]?.email,
        timestamp: Math.floor(Date.now() / 1_000),
        event,
        sg_event_id: randomBytes(16).toString('base64url'),
        sg_message_id: `${message.id}.recvd-sandbox`,
        ...message.customArgs,
        ...more,
      },
    ]);
    const status = await post(body);
    if (!taken(status)) track(again(body));
    return status;
  }

  return {
    aim(target) {
      url = target;
    },
    send,
    follow(message) {
      const name = message.to[0]?.email.split('@')[0] ?? '';
      if (name === 'silent') return;
      const end = name === 'bounce' || name === 'dropped' ? name : 'delivered';
      const events = end === 'dropped' ? [end] : ['processed', end];
      track(
        (async () => {
          for (const event of events) await send(message, event);
        })(),
      );
    },
    async close() {
      closing.abort();
      await Promise.all(pending);
    },
  };
}

function taken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
