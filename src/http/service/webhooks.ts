/** Events from the providers. Stripe's are stored before we answer, and acted on afterwards. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';

const received = z.object({ received: z.literal(true) }).meta({ id: 'Received' });
/** Stored events that one process acts on at once; fewer in a rush, so that new ones are stored first. */
const AT_ONCE = 8;
const AT_ONCE_IN_A_RUSH = 1;
/** This many events arriving at the same time are a rush. */
const RUSH = 4;

/** SendGrid sends its events in batches: 1,001 of them have 398 KB. */
const MAIL_BATCH_LIMIT = 1024 * 1024;

export function webhookRoutes({
  orders,
  readMailEvents,
  log,
}: Pick<HttpDeps, 'orders' | 'readMailEvents' | 'log'>): FastifyPluginAsyncZod {
  return async (app) => {
    // the signature covers the bytes exactly as they came
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );

    const atWork = new Set<Promise<void>>();
    const inTurn = pLimit(AT_ONCE);
    let closing = false;
    let comingIn = 0;
    const count = (change: 1 | -1): void => {
      comingIn += change;
      inTurn.concurrency = comingIn >= RUSH ? AT_ONCE_IN_A_RUSH : AT_ONCE;
    };
    app.addHook('onRequest', async () => count(1));
    app.addHook('onResponse', async () => count(-1));
    app.addHook('onClose', async () => {
      closing = true; // what still waits is stored: the next turn of any process acts on it
      await Promise.all(atWork);
    });

    app.post(
      '/v1/webhooks/stripe',
      {
        schema: {
          summary: 'Receive events from the payment provider',
          operationId: 'receiveStripeEvent',
          tags: ['service'],
          headers: z.looseObject({ 'stripe-signature': z.string().optional() }),
          response: { 202: received },
        },
        config: { errors: ['webhook_signature', 'webhook_event', 'store_unavailable'] },
      },
      async ({ body, headers }, reply) => {
        const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const event = await orders.receiveEvent(rawBody, headers['stripe-signature'] ?? '');
        await reply.code(202).send({ received: true });
        if (event === null) return reply;
        // not awaited: it is stored, so what fails here is tried again later
        const work = inTurn(async () => (closing ? undefined : orders.processEvent(event)))
          .catch((err) => log.warn({ err, eventId: event.id }, 'event not processed yet'))
          .finally(() => atWork.delete(work));
        atWork.add(work);
        return reply;
      },
    );

    app.post(
      '/v1/webhooks/sendgrid',
      {
        bodyLimit: MAIL_BATCH_LIMIT,
        schema: {
          summary: 'Receive delivery events from the mail provider',
          operationId: 'receiveMailEvents',
          tags: ['service'],
          headers: z.looseObject({
            'x-twilio-email-event-webhook-signature': z.string().optional(),
            'x-twilio-email-event-webhook-timestamp': z.string().optional(),
          }),
          response: { 202: received },
        },
        config: { errors: ['webhook_signature', 'mail_event_early', 'store_unavailable'] },
      },
      async ({ body, headers }, reply) => {
        const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const batch = readMailEvents(rawBody, {
          signature: headers['x-twilio-email-event-webhook-signature'] ?? '',
          timestamp: headers['x-twilio-email-event-webhook-timestamp'] ?? '',
        });
        await orders.receiveMailEvents(batch);
        return reply.code(202).send({ received: true as const });
      },
    );
  };
}
