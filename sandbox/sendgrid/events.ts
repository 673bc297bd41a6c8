/** Delivery events: signed as SendGrid signs them, and sent again until the endpoint answers 2xx. */
import { randomBytes, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventKey } from './event-key.ts';
import type { Message } from './message.ts';

/** Waits before the second and later tries, milliseconds. */
const BACKOFF = [250, 500, 1_000, 2_000, 4_000];
const TIMEOUT_MS = 10_000;

/** What becomes of a letter's events. Letters without one: by their address. */
export const EVENT_KINDS = ['blocked', 'dropped', 'bare_events', 'odd_batch'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface EventShape {
  /** `args`: without the custom arguments. `ids`: without `sg_message_id` too, as late bounces are */
  without?: 'args' | 'ids' | null;
  /** events of others, and odd ones, in the same batch before it */
  among?: { others: number; odd: boolean } | null;
}

export interface MailEvents {
  aim(url: string): void;
  /** Tries until the endpoint accepts. @returns its status at the first try; null: not reached */
  send(message: Message, event: string, more?: object, shape?: EventShape): Promise<number | null>;
  /** Sends the events of a letter: `bounce@…`, `blocked@…`, `dropped@…`, `silent@…`, else delivered. */
  follow(message: Message, kind?: EventKind | null): void;
  close(): Promise<void>;
}

const ENDS: Readonly<Record<string, { event: string; type?: string }>> = {
  bounce: { event: 'bounce', type: 'bounce' },
  blocked: { event: 'bounce', type: 'blocked' },
  dropped: { event: 'dropped' },
};

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

  async function send(
    message: Message,
    event: string,
    more: object = {},
    { without = null, among = null }: EventShape = {},
  ): Promise<number | null> {
    if (url === null) return null;
    const own = {
      ...unnamed(message.to[0]?.email ?? '', event),
      'smtp-id': `<${message.id}@sandbox-ismtpd-1>`,
      ...(without !== 'ids' && { sg_message_id: `${message.id}.recvd-sandbox-1-5F.0` }),
      ...(without === null && message.customArgs),
      ...more,
    };
    const body = JSON.stringify([...(among ? strangers(among) : []), own]);
    const status = await post(body);
    if (!taken(status)) track(again(body));
    return status;
  }

  return {
    aim(target) {
      url = target;
    },
    send,
    follow(message, kind = null) {
      const name = message.to[0]?.email.split('@')[0] ?? '';
      if (name === 'silent') return;
      const asked = kind ?? name;
      const end = ENDS[asked] ?? { event: 'delivered' };
      const shape: EventShape = {
        without: asked === 'bare_events' ? 'args' : null,
        among: asked === 'odd_batch' ? { others: 3, odd: true } : null,
      };
      track(
        (async () => {
          if (asked !== 'dropped') await send(message, 'processed', {}, shape);
          await send(message, end.event, end, shape);
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

function unnamed(email: string, event: string): Record<string, unknown> {
  const sg_event_id = randomBytes(16).toString('base64url');
  return { email, timestamp: Math.floor(Date.now() / 1_000), event, sg_event_id };
}

/** What else may stand in a batch: events of other senders of the same account, and such as nobody expects. */
function strangers({ others, odd }: { others: number; odd: boolean }): unknown[] {
  const foreign = Array.from({ length: others }, (_, index) => ({
    ...unnamed(`nobody-${index}@example.org`, 'delivered'),
    sg_message_id: `${randomBytes(11).toString('base64url')}.recvd-sandbox-1-5F.0`,
    response: '250 2.0.0 OK',
  }));
  if (!odd) return foreign;
  const { timestamp: _none, ...timeless } = unnamed('nobody@example.org', 'delivered');
  const keyed = { ...unnamed('nobody@example.org', 'bounce'), key: 42 };
  return [...foreign, null, 'delivered', timeless, keyed, unnamed('', 'of_a_later_year')];
}
