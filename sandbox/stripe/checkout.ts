/** The routes of the pay page, and the same actions for programs under `/_sandbox`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseObject, RequestFault, readText, sendJson } from '../wire/messages.ts';
import { html, sendPage } from '../wire/page.ts';
import type { StripeParts } from './api.ts';
import type { Fields } from './form.ts';
import { findOr404, type StripeEvent } from './objects.ts';
import { returnUrl, sendClosedPage, sendPayPage } from './pay-page.ts';
import type { PayOptions } from './payments.ts';
import type { Webhooks } from './webhooks.ts';

interface Delivery {
  /** false: the event is recorded but not sent */
  deliver: boolean;
  times: number;
  /** all at once, or one after another */
  concurrent: boolean;
}

/** @returns whether the request was one of these */
export async function answerCheckout(
  parts: StripeParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const { ledger, payments, webhooks } = parts;
  const [, area, noun, id = '', verb] = url.pathname.split('/').map(decodeURIComponent);
  if (area === 'pay') {
    await answerPage(parts, noun ?? '', request, response);
    return true;
  }
  if (area !== '_sandbox' || request.method !== 'POST') return false;
  const wish = parseObject(await readText(request));
  if (noun === 'webhook') {
    if (typeof wish.url !== 'string' || !URL.canParse(wish.url)) {
      throw new RequestFault(400, { error: 'url: must be the URL that receives the events' });
    }
    webhooks.aim(wish.url);
    sendJson(response, 200, { url: wish.url });
    return true;
  }
  switch (`${noun} ${verb}`) {
    case 'sessions pay': {
      const session = findOr404(ledger.sessions, id, 'checkout.session');
      const event = payments.pay(session, payOptions(wish));
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    case 'sessions settle': {
      const session = findOr404(ledger.sessions, id, 'checkout.session');
      const event = payments.settle(session, wish.outcome !== 'failed');
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    case 'sessions refund': {
      const session = findOr404(ledger.sessions, id, 'checkout.session');
      const fields: Fields = { payment_intent: session.payment_intent ?? '' };
      if (typeof wish.amount === 'number') fields.amount = String(wish.amount);
      const { events } = payments.refund(fields, null);
      await answerEvents(response, webhooks, events, deliveryOf(wish));
      return true;
    }
    case 'sessions dispute': {
      const session = findOr404(ledger.sessions, id, 'checkout.session');
      const event = payments.dispute(session, {
        ...(typeof wish.amount === 'number' ? { amount: wish.amount } : {}),
        inquiry: wish.inquiry === true,
      });
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    case 'sessions warn': {
      const session = findOr404(ledger.sessions, id, 'checkout.session');
      await answerEvents(response, webhooks, [payments.warn(session)], deliveryOf(wish));
      return true;
    }
    case 'sessions forget': {
      // as when a test key is replaced by a live one
      findOr404(ledger.sessions, id, 'checkout.session');
      ledger.sessions.delete(id);
      sendJson(response, 200, { id });
      return true;
    }
    case 'disputes escalate': {
      const events = payments.escalateDispute(findOr404(ledger.disputes, id, 'dispute'));
      await answerEvents(response, webhooks, events, deliveryOf(wish));
      return true;
    }
    case 'disputes close': {
      const event = payments.closeDispute(
        findOr404(ledger.disputes, id, 'dispute'),
        wish.outcome !== 'lost',
      );
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    case 'refunds fail': {
      const event = payments.failRefund(findOr404(ledger.refunds, id, 'refund'));
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    case 'refunds cancel': {
      const refund = findOr404(ledger.refunds, id, 'refund');
      const event = payments.failRefund(refund, 'canceled');
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    case 'events deliver': {
      const event = findOr404(ledger.events, id, 'event');
      await answerEvents(response, webhooks, [event], deliveryOf(wish));
      return true;
    }
    default:
      return false;
  }
}

async function answerPage(
  { ledger, payments, webhooks }: StripeParts,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const session = ledger.sessions.get(id);
  if (session === undefined) {
    const body = html`<h1>No such page</h1><p class="note">The sandbox forgets its sessions when it stops.</p>`;
    return sendPage(response, 404, { title: 'No such page', narrow: true, body });
  }
  const expired = payments.touch(session);
  if (expired !== null) void webhooks.send(expired);
  if (session.status !== 'open') return sendClosedPage(response, session);
  const action =
    request.method === 'POST' ? new URLSearchParams(await readText(request)).get('action') : null;
  if (action !== 'pay') {
    return sendPayPage(response, session, ledger.lines.get(id) ?? [], action === 'decline');
  }
  const event = payments.pay(session);
  void webhooks.send(event);
  response.writeHead(303, { location: returnUrl(session) }).end();
}

async function answerEvents(
  response: ServerResponse,
  webhooks: Webhooks,
  events: StripeEvent[],
  delivery: Delivery,
): Promise<void> {
  const statuses: (number | null)[] = [];
  for (const event of delivery.deliver ? events : []) {
    statuses.push(...(await deliverEvent(webhooks, event, delivery)));
  }
  const eventIds = events.map((event) => event.id);
  sendJson(response, 200, { eventId: eventIds[0], eventIds, statuses });
}

async function deliverEvent(
  webhooks: Webhooks,
  event: StripeEvent,
  delivery: Delivery,
): Promise<(number | null)[]> {
  if (delivery.concurrent) {
    return Promise.all(Array.from({ length: delivery.times }, () => webhooks.deliver(event)));
  }
  const statuses: (number | null)[] = [];
  for (let time = 0; time < delivery.times - 1; time += 1) {
    statuses.push(await webhooks.deliver(event));
  }
  return [...statuses, await webhooks.send(event)];
}

function deliveryOf(wish: Record<string, unknown>): Delivery {
  return {
    deliver: wish.deliver !== false,
    times: typeof wish.times === 'number' ? wish.times : 1,
    concurrent: wish.concurrent === true,
  };
}

function payOptions(wish: Record<string, unknown>): PayOptions {
  return {
    async: wish.async === true,
    ...(typeof wish.amount === 'number' ? { amount: wish.amount } : {}),
    ...(typeof wish.currency === 'string' ? { currency: wish.currency } : {}),
  };
}
