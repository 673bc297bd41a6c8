/** Stripe's events: stored before they are answered, acted on after. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { problems } from '../schemas/problem.ts';

export function webhookRoutes({
  orders,
  log,
}: Pick<HttpDeps, 'orders' | 'log'>): FastifyPluginAsyncZod {
  return async (app) => {
    // the signature is over the bytes as they came
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );

    const atWork = new Set<Promise<void>>();
    app.addHook('onClose', async () => {
      await Promise.all(atWork);
    });

    app.post(
      '/v1/webhooks/stripe',
      {
        schema: {
          summary: 'Events of the payment provider',
          operationId: 'receiveStripeEvent',
          tags: ['service'],
          headers: z.looseObject({ 'stripe-signature': z.string().optional() }),
          response: {
            202: z.object({ received: z.literal(true) }),
            ...problems(400, 413, 503),
          },
        },
      },
      async ({ body, headers }, reply) => {
        const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const event = await orders.receiveEvent(rawBody, headers['stripe-signature'] ?? '');
        await reply.code(202).send({ received: true });
        if (event === null) return reply;
        // not awaited: it is stored, so a failure here is made good later
        const work = orders
          .processEvent(event)
          .catch((err) => log.warn({ err, eventId: event.id }, 'event not processed yet'))
          .finally(() => atWork.delete(work));
        atWork.add(work);
        return reply;
      },
    );
  };
}
