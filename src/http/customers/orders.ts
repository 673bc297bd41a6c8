/** What customers do with their orders: read them, start them, cancel them, have the links sent again, have them erased. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { BLOB_AWAY, STRIPE_AWAY } from '../error-codes.ts';
import {
  confirmedOrderSchema,
  erasedSchema,
  orderParamsSchema,
  orderSchema,
  queuedSchema,
} from '../order-schema.ts';

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
          summary: "Read an order: its state, each report's progress, and links",
          operationId: 'readOrder',
          response: { 200: orderSchema },
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
          summary: 'Cancel an order before any report is started',
          description: 'What was paid is refunded at once.',
          operationId: 'cancelOrder',
          response: { 202: confirmedOrderSchema },
        },
        config: { errors: ['too_late_to_cancel', ...STRIPE_AWAY] },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const { id: orderId, state: status } = await orders.cancelOrder(order);
        return reply.code(202).send({ orderId, status });
      },
    );

    app.post(
      '/v1/orders/:orderId/start',
      {
        schema: {
          ...common,
          summary: 'Start an order now, without waiting for the end of its grace',
          description: 'From then on it can be neither corrected nor cancelled. Safe to repeat.',
          operationId: 'startOrder',
          response: { 202: confirmedOrderSchema },
        },
        config: { errors: ['not_paid', 'too_late_to_change'] },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const { id: orderId, state: status } = await orders.startOrder(order);
        return reply.code(202).send({ orderId, status });
      },
    );

    app.post(
      '/v1/orders/:orderId/email',
      {
        schema: {
          ...common,
          summary: "Send the links again, to the order's e-mail address",
          description: 'Links sent earlier stop working.',
          operationId: 'sendLinksAgain',
          response: { 202: queuedSchema },
        },
        config: { errors: ['report_not_ready', 'address_failed', 'too_soon'] },
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
          summary: 'Erase personal data and PDFs',
          description:
            'Cancels what is still open. What was paid and not delivered goes back; what was delivered does not. Amounts and dates are kept, for the books. What a run under way still writes is removed after an hour and after a day. While the payment is disputed (202), erasure waits for the end of the dispute, and is then done without being asked for again.',
          operationId: 'eraseOrder',
          response: { 200: erasedSchema, 202: erasedSchema },
        },
        config: { errors: [...STRIPE_AWAY, ...BLOB_AWAY] },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const erased = await orders.eraseOrder.erase(order, 'customer');
        return reply.code(erased.waitsForDispute ? 202 : 200).send(erased);
      },
    );
  };
}
