/** The PDF of a delivered report, for anyone who has the order's access token. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { reportParamsSchema } from '../order-schema.ts';
import { problems } from '../problem-schema.ts';

export function reportRoutes({ orders }: Pick<HttpDeps, 'orders'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/v1/orders/:orderId/reports/:product',
      {
        schema: {
          summary: "Open a report's PDF",
          operationId: 'openReport',
          tags: ['orders'],
          security: [{ access: [] }],
          params: reportParamsSchema,
          response: {
            302: z.null().describe('Location is a short-lived address of the PDF'),
            ...problems(401, 404, 409, 503),
          },
        },
      },
      async (request, reply) => {
        const { orderId, product } = request.params;
        const order = await orders.access.byId(orderId, accessTokenOf(request));
        const url = await orders.openReport(order.id, product);
        return reply.header('cache-control', 'no-store').redirect(url, 302);
      },
    );
  };
}
