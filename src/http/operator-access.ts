/** The operators' door: any name, and OPERATOR_PASSWORD. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { problemOf, sendProblem } from './error-map.ts';

/** Closes every route of this scope to who is no operator. */
export function requireOperator(app: FastifyInstance, password: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isOperator(request.headers.authorization, password)) return;
    reply.header('www-authenticate', 'Basic realm="Almanac operators", charset="UTF-8"');
    // thrown, it would end in Bull Board's own error handler
    return sendProblem(
      reply,
      problemOf('unauthorized', 'Operators sign in with any name and OPERATOR_PASSWORD.'),
    );
  });
}

/** Any user name; the password is compared in constant time, also in its length. */
function isOperator(authorization: string | undefined, password: string): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const [, ...given] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return timingSafeEqual(digest(given.join(':')), digest(password));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
