/** Signing in and out as an operator; tries are counted by address, in all API processes together. */
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TransientFault } from '../../domain/errors.ts';
import { problemOf, sendProblem } from '../error-map.ts';
import { forged, isForged, SIGN_IN } from '../operator-access.ts';
import type { OperatorSessions } from '../operator-sessions.ts';
import { contentSecurityPolicy } from '../pages/assets.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { tooOften } from '../rate-limits.ts';

const TRIES = 10;
const LOCKED_MS = 15 * 60_000;
const BOARD = '/operator/queues';
const signInSchema = z.object({ password: z.string().max(200) });

export function operatorSessionRoutes(sessions: OperatorSessions): FastifyPluginAsyncZod {
  return async (app) => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const countTry = app.createRateLimit({
      max: TRIES,
      timeWindow: LOCKED_MS,
      // who cannot be counted may not guess
      skipOnError: false,
    });

    app.get(SIGN_IN, { schema: { hide: true } }, async (_request, reply) => sendForm(reply, null));

    app.post(SIGN_IN, { schema: { hide: true, body: signInSchema } }, async (request, reply) => {
      if (isForged(request)) return sendProblem(reply, forged());
      const tries = await countTry(request).catch((cause: unknown) => {
        throw new TransientFault('redis_unavailable', 'Redis does not answer', { cause });
      });
      if (!tries.isAllowed && tries.isExceeded) {
        reply.header('retry-after', tries.ttlInSeconds);
        throw tooOften(tries.ttl);
      }
      if (!sessions.accepts(request.body.password)) {
        request.log.warn('an operator was turned away: wrong password');
        const detail = 'This is not OPERATOR_PASSWORD.';
        if (!isForm(request.headers)) return sendProblem(reply, problemOf('unauthorized', detail));
        return sendForm(reply.code(401), detail);
      }
      sessions.open(reply);
      return reply.redirect(BOARD, 303);
    });

    app.post('/operator/sign-out', { schema: { hide: true } }, async (request, reply) => {
      if (isForged(request)) return sendProblem(reply, forged());
      sessions.close(reply);
      return reply.redirect(SIGN_IN, 303);
    });
  };
}

function isForm(headers: { 'content-type'?: string | undefined }): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function sendForm(reply: FastifyReply, fault: string | null): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy,
    })
    .serializer((html: string) => html)
    .send(signInPage(SIGN_IN, fault));
}
