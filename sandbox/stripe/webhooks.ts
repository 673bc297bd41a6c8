/** Events: recorded first, then delivered with a signature, until the endpoint answers 2xx. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ledger, newId, nowSeconds, type StripeEvent } from './objects.ts';

/** Waits before the second and later tries, milliseconds. */
const BACKOFF = [250, 500, 1_000, 2_000, 4_000];
const TIMEOUT_MS = 10_000;

export interface WebhookOptions {
  /** where events go; null: nowhere */
  url: string | null;
  secret: string;
  apiVersion: string;
}

export interface Webhooks {
  /** Sends events there from now on: the shop may start after its payment provider. */
  aim(url: string): void;
  record(type: string, object: object, idempotencyKey?: string | null): StripeEvent;
  /** One try. @returns the endpoint's status, or null when it could not be reached */
  deliver(event: StripeEvent): Promise<number | null>;
  /** Tries until the endpoint answers 2xx, in the background. @returns the first try's status */
  send(event: StripeEvent): Promise<number | null>;
  /** null: not tried yet */
  delivered(eventId: string): boolean | null;
  /** Stops all tries under way. */
  close(): Promise<void>;
}

export function createWebhooks(ledger: Ledger, options: WebhookOptions): Webhooks {
  const outcomes = new Map<string, boolean>();
  const pending = new Set<Promise<void>>();
  const closing = new AbortController();
  let { url } = options;

  const deliver = async (event: StripeEvent): Promise<number | null> => {
    if (url === null) return null;
    const status = await post(url, event, options.secret, closing.signal);
    const good = status !== null && status >= 200 && status < 300;
    // when a repeat fails later, the event still counts as delivered
    outcomes.set(event.id, good || outcomes.get(event.id) === true);
    if (good) event.pending_webhooks = 0;
    return status;
  };

  const again = async (event: StripeEvent): Promise<void> => {
    for (const wait of BACKOFF) {
      if (outcomes.get(event.id) === true || closing.signal.aborted) return;
      // closing cuts the wait short, and then the loop's condition ends it
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      await deliver(event);
    }
  };

  return {
    aim(target) {
      url = target;
    },
    record(type, object, idempotencyKey = null) {
      const event: StripeEvent = {
        id: newId('evt'),
        object: 'event',
        api_version: options.apiVersion,
        livemode: false,
        type,
        created: nowSeconds(),
        pending_webhooks: url === null ? 0 : 1,
        request: { id: null, idempotency_key: idempotencyKey },
        // a copy of the current state: events are never rewritten
        data: { object: structuredClone({ ...object }) },
      };
      ledger.events.set(event.id, event);
      return event;
    },
    deliver,
    async send(event) {
      const status = await deliver(event);
      const task: Promise<void> = again(event).finally(() => pending.delete(task));
      pending.add(task);
      return status;
    },
    delivered: (eventId) => outcomes.get(eventId) ?? null,
    async close() {
      closing.abort();
      await Promise.all(pending);
    },
  };
}

async function post(
  url: string,
  event: StripeEvent,
  secret: string,
  signal: AbortSignal,
): Promise<number | null> {
  const payload = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature(payload, secret),
        'user-agent': 'Stripe/1.0 (sandbox)',
      },
      body: payload,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null; // not reached, or too slow: the next try decides
  }
}

/** Scheme v1: HMAC-SHA256 of `<timestamp>.<payload>`; docs.stripe.com/webhooks/signature. */
function signature(payload: string, secret: string): string {
  const at = nowSeconds();
  const mac = createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex');
  return `t=${at},v1=${mac}`;
}
