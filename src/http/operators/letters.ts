/** Operators have letters sent again. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Operators } from '../../orders/operators/create-operators.ts';
import { letterStateSchema, operatorLetterKindSchema } from '../order-schema.ts';
import { requireOperator } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import { whySchema } from './reports-schema.ts';

const letterSchema = z
  .object({
    key: z.string(),
    kind: operatorLetterKindSchema,
    orderId: z.string(),
    state: letterStateSchema,
  })
  .meta({ id: 'Letter' });

export function operatorLetterRoutes({
  sessions,
  operators,
}: {
  sessions: OperatorSessions;
  operators: Pick<Operators, 'resendLetter'>;
}): FastifyPluginAsyncZod {
  return async (app) => {
    requireOperator(app, sessions);

    app.post(
      '/v1/operator/emails/:key/resend',
      {
        schema: {
          summary: 'Send a letter again that did not arrive',
          description: 'A worker sends it within seconds. `almanac order <id>` lists the keys.',
          operationId: 'resendLetter',
          tags: ['operator'],
          security: [{ operator: [] }],
          params: z.object({ key: z.string().max(200) }),
          body: whySchema,
          response: { 202: letterSchema },
        },
        config: { errors: ['not_found', 'letter_state', 'address_failed', 'erased'] },
      },
      async ({ params, body }, reply) => {
        const { key, kind, orderId, state } = await operators.resendLetter(params.key, body.why);
        return reply.code(202).send({ key, kind, orderId, state });
      },
    );
  };
}
