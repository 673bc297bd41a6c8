/** How many requests one address may send, per route and minute. All API processes count together, in Redis. */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import { AlmanacError } from '../domain/errors.ts';

const MINUTE = 60_000;
/** For all routes that are not in the table, together. */
const OTHERWISE = 300;

/** null: not limited. Stricter where a request costs money, sends a letter, or could guess a token. */
const PER_MINUTE: Readonly<Record<string, number | null>> = {
  'POST /v1/orders': 10,
  'POST /v1/orders/:orderId/cancel': 10,
  'POST /v1/orders/:orderId/start': 10,
  'POST /v1/orders/:orderId/correct': 10,
  'POST /v1/orders/:orderId/email': 3,
  'DELETE /v1/orders/:orderId': 5,
  'GET /o/:token': 60,
  'POST /o/:token/start': 10,
  'POST /o/:token/cancel': 10,
  'GET /d/:token': 30,
  'POST /d/:token/renew': 3,
  // one request per keystroke
  'GET /v1/places': 200,
  // events of many customers come from a few addresses, and are signed
  'POST /v1/webhooks/stripe': 3_000,
  'POST /v1/webhooks/sendgrid': 3_000,
  'GET /healthz': null,
  'GET /readyz': null,
  'GET /metrics': null,
};

/** Whether requests to this route are counted, where requests are counted at all. */
export function isLimited(method: string, url: string): boolean {
  return PER_MINUTE[`${method} ${url}`] !== null;
}

/** @param counts null: no route is limited */
export async function limitRequests(app: FastifyInstance, counts: Redis | null): Promise<void> {
  if (counts !== null) app.addHook('onRoute', applyTable);
  await app.register(rateLimit, {
    global: counts !== null,
    max: OTHERWISE,
    timeWindow: MINUTE,
    ...(counts && { redis: counts }),
    nameSpace: 'almanac:limit:',
    // without Redis nothing is counted, so that orders still come in
    skipOnError: true,
    errorResponseBuilder: (_request, { ttl }) => tooOften(ttl),
  });
}

function tooOften(waitMs: number): AlmanacError {
  const seconds = Math.ceil(waitMs / 1_000);
  return new AlmanacError('rate_limited', `Too many requests. Try again in ${seconds} s.`);
}

function applyTable(route: { method: string | string[]; url: string; config?: object }): void {
  // HEAD counts as its GET
  const limits = [route.method]
    .flat()
    .map((method) => PER_MINUTE[`${method.replace('HEAD', 'GET')} ${route.url}`]);
  const max = limits.find((limit) => limit !== undefined);
  if (max === undefined) return;
  route.config = { ...route.config, rateLimit: max === null ? false : { max, timeWindow: MINUTE } };
}
