/** What a customer's browser does, over HTTP: order, pay, watch, read the mail, download. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import { makePrivateFile } from '../../src/disk/private.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { answersOf, type BirthAnswers } from '../sky/birth-answers.ts';

const placed = z.object({
  orderId: z.string(),
  accessToken: z.string(),
  checkoutUrl: z.url(),
});
export type PlacedOrder = z.infer<typeof placed>;

const snapshot = z.object({
  status: z.string(),
  graceEndsAt: z.string().nullable(),
  reports: z.array(
    z.object({
      product: z.string(),
      title: z.string(),
      state: z.string(),
      progress: z.object({
        done: z.number(),
        pagesDrawn: z.number().optional(),
        total: z.number(),
      }),
    }),
  ),
});
export type Snapshot = z.infer<typeof snapshot>;

const problem = z.object({ detail: z.string() });
const places = z.object({ places: z.array(z.object({ id: z.string(), name: z.string() })) });
const messages = z.object({
  messages: z.array(z.object({ customArgs: z.record(z.string(), z.string()), text: z.string() })),
});

export interface Wish extends BirthAnswers {
  products: string[];
  name: string;
  date: string;
  time: string | null;
  place: string;
}

/** @throws AlmanacError `request` with the API's own words, when it refuses */
export async function placeOrder(apiUrl: string, wish: Wish): Promise<PlacedOrder> {
  const found = await fetch(`${apiUrl}/v1/places?q=${encodeURIComponent(wish.place)}`);
  const [place] = places.parse(await accepted(found)).places;
  if (!place) throw new AlmanacError('request', `--place: no place is called "${wish.place}"`);
  const response = await fetch(`${apiUrl}/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: 'reader@example.com',
      products: wish.products,
      birth: {
        name: wish.name,
        date: wish.date,
        time: wish.time,
        ...answersOf(wish),
        place: { id: place.id, timeZone: wish.tz },
      },
    }),
  });
  return placed.parse(await accepted(response));
}

/**
 * Pays at the stand-in, which then sends its signed webhook.
 * @param webhook how often it is sent; once if left out
 */
export async function pay(
  stripeUrl: string,
  order: PlacedOrder,
  webhook: { times?: number; concurrent?: boolean } = {},
): Promise<void> {
  const session = new URL(order.checkoutUrl).pathname.split('/').at(-1);
  const response = await fetch(`${stripeUrl}/_sandbox/sessions/${session}/pay`, {
    method: 'POST',
    body: JSON.stringify(webhook),
  });
  await accepted(response);
}

/** Does not wait for the end of the grace. */
export async function startNow(apiUrl: string, order: PlacedOrder): Promise<void> {
  const response = await fetch(`${apiUrl}/v1/orders/${order.orderId}/start`, {
    method: 'POST',
    headers: { authorization: `Bearer ${order.accessToken}` },
  });
  await accepted(response);
}

/** The order's states as they come; ends when nothing more will happen. */
export async function* watch(apiUrl: string, order: PlacedOrder): AsyncGenerator<Snapshot> {
  const response = await fetch(`${apiUrl}/v1/orders/${order.orderId}/events`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${order.accessToken}` },
  });
  if (!response.ok || !response.body) await accepted(response);
  const events = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const event of events ?? []) {
    const state = snapshot.parse(JSON.parse(event.data));
    yield state;
    if (!['awaiting_payment', 'paid'].includes(state.status)) return;
  }
}

/** Looks into the mailbox until the order's letter is there; gives up after half a minute. */
export async function readyLetters(
  mailboxUrl: string,
  orderId: string,
): Promise<{ text: string }[]> {
  const until = Date.now() + 30_000;
  for (;;) {
    const response = await fetch(`${mailboxUrl}/_sandbox/messages`);
    const all = messages.parse(await accepted(response)).messages;
    const ready = all.filter((message) => message.customArgs.key?.startsWith(`ready-${orderId}`));
    if (ready.length > 0 || Date.now() > until) return ready;
    await sleep(100);
  }
}

/** Follows the letter's link to the PDF, as a click would. */
export async function download(url: string, file: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body) await accepted(response);
  else {
    makePrivateFile(file);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  }
}

async function accepted(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const said = problem.safeParse(body);
  const why = said.success ? said.data.detail : `${response.url} answered ${response.status}`;
  throw new AlmanacError('request', why);
}
