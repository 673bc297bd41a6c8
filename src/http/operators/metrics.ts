/** Today's metrics for Prometheus: opened with their own token, or by an operator. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ReadUsage } from '../../orders/operators/read-usage.ts';
import { formatMetrics } from '../../telemetry/metrics.ts';
import { bearerOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { problemOf, sendProblem } from '../error-map.ts';
import { isSameSecret } from '../same-secret.ts';
import { requireOperator } from './operator-access.ts';

export function metricsRoutes({
  metricsToken,
  operator,
  readUsage,
}: Pick<HttpDeps, 'metricsToken' | 'operator' | 'readUsage'>): FastifyPluginAsyncZod {
  const isToken = (bearer: string): boolean =>
    metricsToken !== null && isSameSecret(bearer, metricsToken);

  return async (app) => {
    if (operator !== null) requireOperator(app, operator.sessions, isToken);
    else {
      app.addHook('onRequest', async (request, reply) => {
        if (isToken(bearerOf(request) ?? '')) return;
        const how = 'Send METRICS_TOKEN as a Bearer token.';
        return sendProblem(reply, problemOf('unauthorized', how));
      });
    }

    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      const today = new Date().toISOString().slice(0, 10);
      const { days } = await readUsage({ from: today, to: today });
      return reply.type('text/plain; version=0.0.4').send(formatMetrics(modelMetrics(days)));
    });
  };
}

/** For today (UTC), over all workers. They come from the books, so no worker has to be asked. */
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
    gauge('unknown', 'Model calls whose usage is unknown since midnight UTC', (day) => day.unknown),
    gauge('tokens_in', 'Input tokens since midnight UTC', (day) => day.tokensIn),
    gauge('tokens_cached', 'Cached input tokens since midnight UTC', (day) => day.tokensCached),
    gauge(
      'tokens_written',
      'Input tokens written to the cache of the provider since midnight UTC',
      (day) => day.tokensWritten,
    ),
    gauge('tokens_out', 'Output tokens since midnight UTC', (day) => day.tokensOut),
    gauge(
      'tokens_reasoning',
      'Output tokens of reasoning since midnight UTC',
      (day) => day.tokensReasoning,
    ),
    gauge('cost_dollars', 'Cost in dollars since midnight UTC', (day) => day.costMicros / 1e6),
  ];
}
