/** Bull Board, for operators only: it shows jobs, which hold ids and nothing else. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginAsync } from 'fastify';
import type { HttpDeps } from '../deps.ts';
import { problemOf, sendProblem } from '../error-map.ts';

const PATH = '/operator/queues';

export function operatorRoutes(operator: NonNullable<HttpDeps['operator']>): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      if (isOperator(request.headers.authorization, operator.password)) return;
      reply.header('www-authenticate', 'Basic realm="Almanac operators", charset="UTF-8"');
      // thrown, it would end in Bull Board's own error handler
      return sendProblem(
        reply,
        problemOf('unauthorized', 'Operators sign in with any name and OPERATOR_PASSWORD.'),
      );
    });

    const board = new FastifyAdapter().setBasePath(PATH);
    createBullBoard({
      // the store is the truth: a job changed here would only be put right again by the sweeper
      queues: operator.queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
      serverAdapter: board,
      options: { uiConfig: { boardTitle: 'Almanac' } },
    });
    await app.register(board.registerPlugin(), { prefix: PATH });
  };
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
