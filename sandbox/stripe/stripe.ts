/** Stripe's stand-in: Checkout Sessions, payments, refunds, events and signed webhooks. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from '../wire/control.ts';
import { createFaults } from '../wire/faults.ts';
import { createJournal } from '../wire/journal.ts';
import { header, readText, sendJson } from '../wire/messages.ts';
import { delay, hangUp, slowness, stall, WIRE_KINDS } from '../wire/misbehave.ts';
import { type Listening, serve } from '../wire/server.ts';
import { answerApi } from './api.ts';
import { answerCheckout } from './checkout.ts';
import { createOnce } from './idempotency.ts';
import { createLedger, stripeFault } from './objects.ts';
import { createPayments } from './payments.ts';
import { STRANGE_KINDS, stored, strange } from './strange-answers.ts';
import { createWebhooks } from './webhooks.ts';

/** The API version of the SDK that this was written for: stripe 23.1. */
const API_VERSION = '2026-10-28.endive';
/**
 * `stored_500`, `balance_insufficient`: kept under the request's idempotency key, as Stripe keeps what fails after it
 * began. `no_webhook`: events are recorded but never sent. It must be the last.
 */
const KINDS = [
  ...WIRE_KINDS,
  ...(['401', '429', '500', '503', 'stored_500', 'balance_insufficient'] as const),
  ...STRANGE_KINDS,
  'no_webhook',
] as const;

export interface StripeOptions {
  host: string;
  port: number;
  seed: number;
  webhookUrl: string | null;
  webhookSecret: string;
  /** where people reach this server; null: the address it listens on */
  publicUrl: string | null;
}

/** One API request, as the stand-in saw it. */
export interface StripeEntry {
  method: string;
  path: string;
  idempotencyKey: string | null;
  outcome: string;
  status: number | null;
}

export async function startStripe(options: StripeOptions): Promise<Listening> {
  const faults = createFaults(KINDS, options.seed);
  const journal = createJournal<StripeEntry>();
  const ledger = createLedger();
  const webhooks = createWebhooks(ledger, {
    url: options.webhookUrl,
    secret: options.webhookSecret,
    apiVersion: API_VERSION,
  });
  const sender: typeof webhooks = {
    ...webhooks,
    send: async (event) =>
      faults.meet(event.type, ['no_webhook']) === null ? webhooks.send(event) : null,
  };
  const payments = createPayments(ledger, webhooks);
  const shared = { ledger, payments, webhooks: sender };
  const once = createOnce();

  const api = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const form = await readText(request);
    const idempotencyKey = header(request, 'idempotency-key');
    const method = request.method ?? 'GET';
    const path = url.pathname + url.search;
    const entry = journal.add({ method, path, idempotencyKey, outcome: 'open', status: null });
    response.once('close', () => {
      if (entry.outcome === 'open') entry.outcome = 'answered';
      entry.status = response.writableFinished ? response.statusCode : null;
    });
    if (!/^Bearer sk_test_\S+/.test(request.headers.authorization ?? '')) {
      throw stripeFault(401, 'Invalid API Key provided.');
    }
    const met = faults.meet(`${method} ${path}\n${form}`, KINDS.slice(0, -1));
    if (met !== null) entry.outcome = met.kind;
    switch (met?.kind) {
      case 'dropped_connection':
        return hangUp(response);
      case 'stalled_body':
        return stall(response);
      case '401':
        throw stripeFault(401, 'Invalid API Key provided.');
      case '429':
        return sendJson(
          response,
          429,
          stripeFault(429, 'Too many requests.', { code: 'rate_limit' }).body,
          met.retryAfter === null ? {} : { 'retry-after': String(met.retryAfter) },
        );
      case '500':
        throw stripeFault(500, 'An error occurred on our end.');
      case '503':
        throw stripeFault(503, 'The service is unavailable.');
    }
    if (met !== null && !(await delay(response, slowness(met)))) return;
    const key = method === 'POST' ? idempotencyKey : null;
    const answer = await once(
      key,
      `${method} ${path}\n${form}`,
      async () =>
        stored(met?.kind) ??
        answerApi(
          { ...shared, payUrl: options.publicUrl ?? listening.url },
          method,
          url,
          form,
          key,
        ),
    );
    if (met?.kind === 'lost_answer') return hangUp(response);
    if (strange(met?.kind, answer.body) !== undefined) {
      return sendJson(response, 200, strange(met?.kind, answer.body));
    }
    const headers: Record<string, string> = answer.replayed
      ? { 'idempotent-replayed': 'true' }
      : {};
    sendJson(response, answer.status, answer.body, headers);
  };

  const listening = await serve(
    async (request, response, url) => {
      if (await answerControl({ faults, journal }, request, response, url)) return;
      if (await answerCheckout(shared, request, response, url)) return;
      await api(request, response, url);
    },
    options.host,
    options.port,
  );
  return {
    url: listening.url,
    async close() {
      await Promise.all([listening.close(), webhooks.close()]);
    },
  };
}
