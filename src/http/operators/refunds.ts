/** Operators refund orders. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { REFUND_STATES } from '../../domain/refund.ts';
import type { Operators } from '../../orders/operators/create-operators.ts';
import { orderParamsSchema } from '../order-schema.ts';
import { reportProductSchema } from '../product-ids.ts';
import { requireOperator } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';

const bodySchema = z.object({
  why: z.string().trim().min(1).max(300).describe('kept in the audit'),
  product: reportProductSchema
    .optional()
    .describe("refund this report's share; if left out: all that is left"),
});
const refundSchema = z
  .object({
    refundId: z.string(),
    state: z.enum(REFUND_STATES).meta({ id: 'RefundState' }),
    amountMinor: z.int().describe('at most this: less if less is left of the payment'),
    dueAt: z.string(),
  })
  .meta({ id: 'Refund' });

export function operatorRefundRoutes({
  sessions,
  operators,
}: {
  sessions: OperatorSessions;
  operators: Pick<Operators, 'refundOrder'>;
}): FastifyPluginAsyncZod {
  return async (app) => {
    requireOperator(app, sessions);

    app.post(
      '/v1/operator/orders/:orderId/refund',
      {
        schema: {
          summary: 'Refund an order, or one report of it',
          operationId: 'refundOrder',
          tags: ['operator'],
          security: [{ operator: [] }],
          params: orderParamsSchema,
          body: bodySchema,
          response: { 202: refundSchema },
        },
        config: { errors: ['not_found', 'not_paid', 'refund_state'] },
      },
      async ({ params, body }, reply) => {
        const refund = await operators.refundOrder(params.orderId, body.product ?? null, body.why);
        const { id: refundId, state, amountMinor, dueAt } = refund;
        return reply.code(202).send({ refundId, state, amountMinor, dueAt });
      },
    );
  };
}
