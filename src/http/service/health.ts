/** Liveness and readiness. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpDeps, Readiness } from '../deps.ts';

const readinessSchema = z
  .object({ status: z.enum(['ready', 'not_ready']), away: z.array(z.string()) })
  .meta({ id: 'Readiness' });

export function healthRoutes({ readiness }: Pick<HttpDeps, 'readiness'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/healthz',
      {
        schema: {
          summary: 'Whether the process is alive',
          operationId: 'isAlive',
          tags: ['service'],
          response: { 200: z.object({ status: z.literal('ok') }) },
        },
      },
      async () => ({ status: 'ok' as const }),
    );

    app.get(
      '/readyz',
      {
        schema: {
          summary: 'Whether the store and Redis answer; names what is away',
          operationId: 'isReady',
          tags: ['service'],
          response: { 200: readinessSchema, 503: readinessSchema },
        },
      },
      async (_request, reply) => {
        const away = await whatIsAway(readiness);
        if (away.length === 0) return { status: 'ready' as const, away };
        return reply.code(503).send({ status: 'not_ready', away });
      },
    );
  };
}

async function whatIsAway({ probes, withinMs }: Readiness): Promise<string[]> {
  const checks = Object.entries(probes).map(async ([name, probe]) => {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('no answer in time')), withinMs);
    try {
      await Promise.race([probe(), late.promise]);
      return [];
    } catch {
      return [name];
    } finally {
      clearTimeout(timer);
    }
  });
  return (await Promise.all(checks)).flat();
}
