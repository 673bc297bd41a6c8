/** Bull Board, for operators only: it shows jobs, which hold only ids. */
import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyPluginAsync } from 'fastify';
import { TransientFault } from '../../domain/errors.ts';
import type { Operators } from '../../orders/operators/create-operators.ts';
import { answerError } from '../error-map.ts';
import { boardAdapter } from './board-adapter.ts';
import { requireOperator, SIGN_OUT } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';

const PATH = '/operator/queues';
/** Bull Board's own files and its inline styles. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** Nothing is fetched from other hosts; its style sheet also names other fonts. */
const FOREIGN_FONTS = /<link href="https:[^>]*>/;

export interface OperatorBoard {
  sessions: OperatorSessions;
  queues: Queue[];
  operators: Pick<Operators, 'reviveReport' | 'moveReport'>;
}

export function operatorRoutes({ sessions, queues, operators }: OperatorBoard): FastifyPluginAsync {
  return async (app) => {
    // its own handler answers every error with 500
    app.addHook('onRoute', (route) => {
      route.errorHandler = answerError;
    });
    requireOperator(app, sessions);
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', POLICY);
    });
    app.addHook('onSend', async (_request, _reply, body) =>
      typeof body === 'string' ? body.replace(FOREIGN_FONTS, '') : body,
    );
    app.addHook('preHandler', async ({ url }) => {
      if (url.startsWith(`${PATH}/api/`)) await mustAnswer(queues);
    });
    const board = new FastifyAdapter().setBasePath(PATH);
    createBullBoard({
      queues: queues.map((queue) => boardAdapter(queue, operators)),
      serverAdapter: board,
      options: {
        uiConfig: {
          boardTitle: 'Almanac',
          miscLinks: [{ text: 'Sign out', url: SIGN_OUT }],
          hideDocsLink: true,
        },
      },
    });
    await app.register(board.registerPlugin(), { prefix: PATH });
  };
}

/** Gives one answer to the many ways in which Bull Board's commands fail without Redis. */
async function mustAnswer(queues: readonly Queue[]): Promise<void> {
  try {
    await queues[0]?.isPaused();
  } catch (cause) {
    throw new TransientFault('redis_unavailable', 'Redis does not answer', { cause });
  }
}
