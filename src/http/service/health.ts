/** Liveness and readiness. */
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bearerOf } from '../access-token.ts';
import type { HttpDeps, Readiness } from '../deps.ts';
import { isSameSecret } from '../same-secret.ts';

const troubleSchema = z.object({
  alarms: z.array(z.object({ cause: z.string(), what: z.string(), since: z.string() })),
  alertsNotSent: z.array(z.object({ alert: z.string(), state: z.string(), at: z.string() })),
});
const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    away: z.array(z.string()),
    trouble: troubleSchema
      .nullish()
      .describe(
        'Only for operators: what is wrong now, and alerts that no e-mail brought. Null: not known, as the store does not answer',
      ),
  })
  .meta({ id: 'Readiness' });

type HealthDeps = Pick<HttpDeps, 'readiness' | 'metricsToken' | 'operator'>;

export function healthRoutes(deps: HealthDeps): FastifyPluginAsyncZod {
  const { readiness } = deps;
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
          summary:
            'Whether the store and Redis answer; names what is away, and to operators what is wrong',
          operationId: 'isReady',
          tags: ['service'],
          response: { 200: readinessSchema, 503: readinessSchema },
        },
      },
      async (request, reply) => {
        const away = await whatIsAway(readiness);
        const isReady = away.length === 0;
        const status = isReady ? ('ready' as const) : ('not_ready' as const);
        reply.code(isReady ? 200 : 503);
        if (!isOperator(deps, request)) return { status, away };
        reply.header('cache-control', 'no-store');
        return { status, away, trouble: await troubleOf(readiness) };
      },
    );
  };
}

/** Signed in, or with METRICS_TOKEN. Not by the password: nobody is to try passwords here, where tries are not counted. */
function isOperator({ metricsToken, operator }: HealthDeps, request: FastifyRequest): boolean {
  const bearer = bearerOf(request);
  if (bearer !== null && metricsToken !== null) return isSameSecret(bearer, metricsToken);
  return operator?.sessions.isOpen(request) ?? false;
}

/** @returns null when the store does not answer */
async function troubleOf({ readTrouble, withinMs }: Readiness) {
  try {
    return await within(readTrouble(), withinMs);
  } catch {
    return null;
  }
}

async function whatIsAway({ probes, withinMs }: Readiness): Promise<string[]> {
  const checks = Object.entries(probes).map(async ([name, probe]) => {
    try {
      await within(probe(), withinMs);
      return [];
    } catch {
      return [name];
    }
  });
  return (await Promise.all(checks)).flat();
}

/** @throws when there is no answer in time, or another than was hoped for */
async function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), ms);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
