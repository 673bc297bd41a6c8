/** Places orders and confirms their payment. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AlmanacError } from '../../domain/errors.ts';
import type { OrderState } from '../../domain/transitions.ts';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { STRIPE_AWAY } from '../error-codes.ts';
import { confirmedOrderSchema, orderParamsSchema, placedOrderSchema } from '../order-schema.ts';
import { fillGaps } from './fill-gaps.ts';
import { idempotencyHeaderSchema, orderRequestSchema } from './order-request.ts';

/** What a customer can do about an unpaid order. */
const TO_DO: Partial<Record<OrderState, string>> = {
  awaiting_payment:
    'Pay at its checkoutUrl. If you have paid, your bank has not confirmed it yet: ask again later.',
  payment_failed: 'The payment failed and nothing was charged. Place a new order.',
  expired: 'Its checkout has ended. Place a new order. Anything you paid after that is refunded.',
  cancelled: 'It was cancelled. Place a new order. Anything you paid after that is refunded.',
};

export function orderRoutes({ orders }: Pick<HttpDeps, 'orders'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store'); // tokens and personal data
    });

    app.post(
      '/v1/orders',
      {
        schema: {
          summary: 'Place an order',
          description: 'Returns a checkout page. Nothing is written until the order is paid.',
          operationId: 'placeOrder',
          tags: ['orders'],
          headers: idempotencyHeaderSchema,
          body: orderRequestSchema,
          response: { 201: placedOrderSchema },
        },
        config: {
          errors: [
            'ambiguous_birth',
            'idempotency_mismatch',
            'product_unavailable',
            'store_unavailable',
            ...STRIPE_AWAY,
          ],
          faultsOfBody(body) {
            const order = fillGaps(body);
            return order === null ? [] : orders.checkOrder(order);
          },
        },
      },
      async ({ body, headers }, reply) => {
        const placed = await orders.placeOrder(body, headers['idempotency-key'] ?? null);
        return reply.code(201).header('location', `/v1/orders/${placed.orderId}`).send(placed);
      },
    );

    app.post(
      '/v1/orders/:orderId/confirm',
      {
        schema: {
          summary: 'Ask whether an order is paid',
          operationId: 'confirmPayment',
          tags: ['orders'],
          security: [{ access: [] }],
          params: orderParamsSchema,
          response: { 202: confirmedOrderSchema },
        },
        config: { errors: ['not_paid', 'payment_mismatch', ...STRIPE_AWAY] },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const { id: orderId, state: status, paidAt } = await orders.confirmPayment(order);
        if (paidAt === null) {
          const toDo = TO_DO[status] ?? 'Place a new order.';
          throw new AlmanacError('not_paid', `This order is not paid (${status}). ${toDo}`);
        }
        return reply.code(202).send({ orderId, status });
      },
    );
  };
}
