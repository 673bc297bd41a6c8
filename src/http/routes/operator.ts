/** Bull Board, for operators only: it shows jobs, which hold ids and nothing else. */
import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyPluginAsync } from 'fastify';
import type { OperateReports } from '../../orders/operate-reports.ts';
import { boardAdapter } from '../board-adapter.ts';
import { requireOperator } from '../operator-access.ts';

const PATH = '/operator/queues';

export interface OperatorBoard {
  password: string;
  queues: Queue[];
  reports: Pick<OperateReports, 'revive' | 'hasten'>;
}

export function operatorRoutes({ password, queues, reports }: OperatorBoard): FastifyPluginAsync {
  return async (app) => {
    requireOperator(app, password);
    const board = new FastifyAdapter().setBasePath(PATH);
    createBullBoard({
      queues: queues.map((queue) => boardAdapter(queue, reports)),
      serverAdapter: board,
      options: { uiConfig: { boardTitle: 'Almanac' } },
    });
    await app.register(board.registerPlugin(), { prefix: PATH });
  };
}
