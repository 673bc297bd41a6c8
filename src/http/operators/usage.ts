/** What model calls have used and cost, for operators. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ReadUsage } from '../../orders/operators/read-usage.ts';
import { requireOperator } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import { usageQuerySchema, usageSchema } from './usage-schema.ts';

const DAY_MS = 86_400_000;

export function operatorUsageRoutes(operator: {
  sessions: OperatorSessions;
  readUsage: ReadUsage;
}): FastifyPluginAsyncZod {
  const { sessions, readUsage } = operator;
  return async (app) => {
    requireOperator(app, sessions);

    app.get(
      '/v1/operator/usage',
      {
        schema: {
          summary: 'Usage and cost of model calls, by day, product and model, and by report',
          operationId: 'readUsage',
          tags: ['operator'],
          security: [{ operator: [] }],
          querystring: usageQuerySchema,
          response: { 200: usageSchema },
        },
      },
      async ({ query }) => {
        const to = query.to ?? dayOf(Date.now());
        const from = query.from ?? dayOf(Date.parse(to) - 6 * DAY_MS);
        return { from, to, ...(await readUsage({ from, to })) };
      },
    );
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
