/** Corrects the birth of a paid order, with the same fields as it was ordered with. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { confirmedOrderSchema, orderParamsSchema } from '../order-schema.ts';
import { birthSchema } from './order-request.ts';

const correctionSchema = z
  .strictObject({ birth: birthSchema }, { error: 'must be a JSON object with birth' })
  .meta({ id: 'Correction' });

export function correctionRoutes({ orders }: Pick<HttpDeps, 'orders'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store'); // personal data
    });

    app.post(
      '/v1/orders/:orderId/correct',
      {
        schema: {
          summary: 'Correct the birth of a paid order before any report is started',
          description:
            'Takes the whole birth, as in an order. Place and report year follow from it again; products and price stay.',
          operationId: 'correctOrder',
          tags: ['orders'],
          security: [{ access: [] }],
          params: orderParamsSchema,
          body: correctionSchema,
          response: { 200: confirmedOrderSchema },
        },
        config: { errors: ['ambiguous_birth', 'not_paid', 'too_late_to_change'] },
      },
      async (request) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const { id: orderId, state: status } = await orders.correctOrder(order, request.body.birth);
        return { orderId, status };
      },
    );
  };
}
