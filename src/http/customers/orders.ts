/** What a customer does with an order of theirs: read it, cancel it, have its links sent again, have it erased. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import {
  confirmedOrderSchema,
  erasedSchema,
  orderParamsSchema,
  orderSchema,
} from '../order-schema.ts';
import { problems } from '../problem-schema.ts';

const common = { tags: ['orders'], security: [{ access: [] }], params: orderParamsSchema };

export function customerOrderRoutes({ orders }: Pick<HttpDeps, 'orders'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store'); // personal data
    });

    app.get(
      '/v1/orders/:orderId',
      {
        schema: {
          ...common,
          summary: "Read an order: state, each report's progress, links",
          operationId: 'readOrder',
          response: { 200: orderSchema, ...problems(401, 404, 503) },
        },
      },
      async (request) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        return orders.readOrder(order);
      },
    );

    app.post(
      '/v1/orders/:orderId/cancel',
      {
        schema: {
          ...common,
          summary: 'Cancel an order before generation has begun',
          description: 'What was paid goes back at once.',
          operationId: 'cancelOrder',
          response: { 202: confirmedOrderSchema, ...problems(401, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const { id: orderId, state: status } = await orders.cancelOrder(order);
        return reply.code(202).send({ orderId, status });
      },
    );

    app.post(
      '/v1/orders/:orderId/email',
      {
        schema: {
          ...common,
          summary: "Send the links again, to the order's address",
          description: 'The links sent before open the reports no more.',
          operationId: 'sendLinksAgain',
          response: {
            202: z.object({ queued: z.literal(true) }),
            ...problems(401, 404, 409, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        await orders.reissueLinks.ofOrder(order);
        return reply.code(202).send({ queued: true as const });
      },
    );

    app.delete(
      '/v1/orders/:orderId',
      {
        schema: {
          ...common,
          summary: "Erase the person's data and PDFs",
          description:
            'Cancels what is still open. Amounts and dates stay, for the books. What a run under way brings back is removed again after an hour and after a day.',
          operationId: 'eraseOrder',
          response: { 200: erasedSchema, ...problems(401, 404, 503) },
        },
      },
      async (request) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        return orders.eraseOrder.erase(order, 'customer');
      },
    );
  };
}
