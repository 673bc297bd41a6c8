/** Signs operators in and out. Tries are counted per address, over all API processes. */
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemOf, sendProblem } from '../error-map.ts';
import { contentSecurityPolicy } from '../pages/assets.ts';
import { notePage } from '../pages/message-page.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { forged, isForged, SIGN_IN, SIGN_OUT } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import { limitTries, lockedOut } from './operator-tries.ts';

const BOARD = '/operator/queues';
const signInSchema = z.object({ password: z.string().max(200) });

export function operatorSessionRoutes(sessions: OperatorSessions): FastifyPluginAsyncZod {
  return async (app) => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const tries = limitTries(app);

    app.get(SIGN_IN, { schema: { hide: true } }, async (_request, reply) =>
      sendPage(reply, signInPage(SIGN_IN, null)),
    );

    app.post(SIGN_IN, { schema: { hide: true, body: signInSchema } }, async (request, reply) => {
      if (isForged(request)) return sendProblem(reply, forged());
      const wait = await tries.count(request);
      if (wait !== null) return sendProblem(reply, lockedOut(reply, wait));
      if (!sessions.accepts(request.body.password)) {
        request.log.warn('operator sign-in refused: wrong password');
        const detail = 'Wrong password: it is the value of OPERATOR_PASSWORD.';
        if (!isForm(request.headers)) return sendProblem(reply, problemOf('unauthorized', detail));
        return sendPage(reply.code(401), signInPage(SIGN_IN, detail));
      }
      sessions.open(reply);
      return reply.redirect(BOARD, 303);
    });

    app.get(SIGN_OUT, { schema: { hide: true } }, async (_request, reply) =>
      sendPage(reply, notePage('Operators', null, { label: 'Sign out', path: SIGN_OUT })),
    );

    app.post(SIGN_OUT, { schema: { hide: true } }, async (request, reply) => {
      if (isForged(request)) return sendProblem(reply, forged());
      sessions.close(reply);
      return reply.redirect(SIGN_IN, 303);
    });
  };
}

function isForm(headers: { 'content-type'?: string | undefined }): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy,
    })
    .serializer((html: string) => html)
    .send(page);
}
