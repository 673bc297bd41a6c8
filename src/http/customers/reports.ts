/** The PDF of a delivered report, for anyone who has the order's access token. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { BLOB_AWAY } from '../error-codes.ts';
import { pdfAddressSchema, reportParamsSchema } from '../order-schema.ts';

/** Loose, so that the other headers are kept. */
const acceptSchema = z.looseObject({
  accept: z
    .string()
    .optional()
    .describe('`application/json` for the address instead of a redirect'),
});

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
          description:
            'A browser that opens this address is redirected to the PDF. A program that asks for `application/json` gets the address instead: pages of another site cannot follow the redirect.',
          headers: acceptSchema,
          response: {
            200: pdfAddressSchema,
            302: z.null().describe('Location is a short-lived address of the PDF'),
          },
        },
        config: { errors: ['report_not_ready', 'report_withdrawn', 'erased', ...BLOB_AWAY] },
      },
      async (request, reply) => {
        const { orderId, product } = request.params;
        const order = await orders.access.byId(orderId, accessTokenOf(request));
        const url = await orders.openReport(order.id, product);
        reply.header('cache-control', 'no-store').header('vary', 'accept');
        if (request.headers.accept?.includes('application/json'))
          return reply.code(200).send({ url });
        return reply.redirect(url, 302);
      },
    );
  };
}
