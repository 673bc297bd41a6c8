/** What model calls have used and cost: for operators, as JSON and as Prometheus reads it. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ReadUsage } from '../../orders/read-usage.ts';
import { formatMetrics } from '../../telemetry/metrics.ts';
import { requireOperator } from '../operator-access.ts';
import type { OperatorSessions } from '../operator-sessions.ts';
import { problems } from '../schemas/problem.ts';
import { usageQuerySchema, usageSchema } from '../schemas/usage.ts';

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
          summary: 'What model calls have used and cost, by day, product and model, and by report',
          operationId: 'readUsage',
          tags: ['operator'],
          security: [{ operator: [] }],
          querystring: usageQuerySchema,
          response: { 200: usageSchema, ...problems(401, 422, 503) },
        },
      },
      async ({ query }) => {
        const to = query.to ?? dayOf(Date.now());
        const from = query.from ?? dayOf(Date.parse(to) - 6 * DAY_MS);
        return { from, to, ...(await readUsage({ from, to })) };
      },
    );

    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      const today = dayOf(Date.now());
      const { days } = await readUsage({ from: today, to: today });
      return reply.type('text/plain; version=0.0.4').send(formatMetrics(modelMetrics(days)));
    });
  };
}

/** Of today, UTC, over all workers: the books know them, so no worker has to be asked. */
function modelMetrics(days: Awaited<ReturnType<ReadUsage>>['days']) {
  const gauge = (name: string, help: string, value: (day: (typeof days)[number]) => number) => ({
    name: `almanac_model_${name}_today`,
    help,
    values: days.map((day) => ({
      labels: { product: day.productId, model: day.model },
      value: value(day),
    })),
  });
  return [
    gauge('calls', 'Model calls sent and ended since midnight UTC', (day) => day.calls),
    gauge('faults', 'Model calls without an answer since midnight UTC', (day) => day.faults),
    gauge('tokens_in', 'Tokens in since midnight UTC', (day) => day.tokensIn),
    gauge('tokens_cached', 'Cached tokens in since midnight UTC', (day) => day.tokensCached),
    gauge('tokens_out', 'Tokens out since midnight UTC', (day) => day.tokensOut),
    gauge('cost_dollars', 'Cost in dollars since midnight UTC', (day) => day.costMicros / 1e6),
  ];
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
