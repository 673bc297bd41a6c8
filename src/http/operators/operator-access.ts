/** Lets only operators in: asks for a session, and refuses requests that another site's page made. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearerOf } from '../access-token.ts';
import { ERROR_CODES } from '../error-codes.ts';
import { problemOf, sendProblem } from '../error-map.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import { limitTries, lockedOut } from './operator-tries.ts';

export const SIGN_IN = '/operator/sign-in';
export const SIGN_OUT = '/operator/sign-out';

/**
 * Closes every route of this scope to anyone who is not an operator, with a session or, for programs,
 * the password as a Bearer token.
 * @param opensToo another Bearer token that opens this scope
 */
export function requireOperator(
  app: FastifyInstance,
  sessions: OperatorSessions,
  opensToo: (bearer: string) => boolean = () => false,
): void {
  const tries = limitTries(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const bearer = bearerOf(request);
    if (bearer !== null) {
      // before the tries are read: a scraper can read metrics even while Redis is away
      if (opensToo(bearer)) return;
      const wait = await tries.waitOf(request);
      if (wait !== null) return sendProblem(reply, lockedOut(reply, wait));
      if (sessions.accepts(bearer)) return;
      await tries.count(request);
    }
    if (!sessions.isOpen(request)) {
      if (wantsPage(request)) return reply.redirect(SIGN_IN, 303);
      const how = `Sign in at ${SIGN_IN}, or send OPERATOR_PASSWORD as a Bearer token.`;
      return sendProblem(reply, problemOf('unauthorized', how));
    }
    if (isForged(request)) return sendProblem(reply, forged());
  });
}

/**
 * Whether another site's page made a browser send this. Browsers say where a request comes from.
 * A client that sends neither header is not a browser, and never sends a cookie by itself.
 */
export function isForged(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

export function forged() {
  return problemOf('forged_request', ERROR_CODES.forged_request.detail);
}

function wantsPage({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}
