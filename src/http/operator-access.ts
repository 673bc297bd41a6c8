/** The operators' door: a session, and no request that another site's page has made. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problemOf, sendProblem } from './error-map.ts';
import type { OperatorSessions } from './operator-sessions.ts';

export const SIGN_IN = '/operator/sign-in';

/** Closes every route of this scope to who is no operator. */
export function requireOperator(app: FastifyInstance, sessions: OperatorSessions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    // problems are sent, not thrown: thrown, they would end in Bull Board's own error handler
    if (!sessions.isOpen(request)) {
      if (wantsPage(request)) return reply.redirect(SIGN_IN, 303);
      const how = `Sign in at ${SIGN_IN} with OPERATOR_PASSWORD, and send the cookie back.`;
      return sendProblem(reply, problemOf('unauthorized', how));
    }
    if (isForged(request)) return sendProblem(reply, forged());
  });
}

/**
 * Whether another site's page made a browser send this. Browsers say where a request comes from;
 * who sends neither header is no browser, and has no cookie that it did not ask for.
 */
export function isForged(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

export function forged() {
  return problemOf('forged_request', "Another site's page may not act for an operator.");
}

function wantsPage({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}
