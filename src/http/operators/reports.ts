/** What operators do to reports, over HTTP: one route for each move in the table. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { editionOf, type Report } from '../../domain/report.ts';
import type { Operators } from '../../orders/operators/create-operators.ts';
import { MOVE_NAMES, MOVES, type Move } from '../../orders/operators/moves.ts';
import { requireOperator } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import {
  customerAsked,
  movedReportSchema,
  type operatorReportSchema,
  operatorReportsSchema,
  releaseSchema,
  reportIdParamsSchema,
  stateQuerySchema,
  whyAndGiftSchema,
  whyAndStepSchema,
  whySchema,
} from './reports-schema.ts';

export interface OperatorReportDeps {
  sessions: OperatorSessions;
  operators: Pick<Operators, 'listReports' | 'moveReport'>;
}

const MOST_LISTED = 500;
const PATH = '/v1/operator/reports';
const common = { tags: ['operator'], security: [{ operator: [] }] };

export function operatorReportRoutes({
  sessions,
  operators,
}: OperatorReportDeps): FastifyPluginAsyncZod {
  return async (app) => {
    requireOperator(app, sessions);

    app.get(
      PATH,
      {
        schema: {
          ...common,
          summary: 'List reports in one state, oldest first',
          operationId: 'listReports',
          querystring: stateQuerySchema,
          response: { 200: operatorReportsSchema },
        },
      },
      async (request) => {
        const found = await operators.listReports(request.query.state, MOST_LISTED);
        return { reports: found.map(shown) };
      },
    );

    for (const name of MOVE_NAMES) {
      const move: Move = MOVES[name];
      app.post(
        `${PATH}/:reportId/${name}`,
        {
          schema: {
            ...common,
            summary: move.summary,
            operationId: `${name}Report`,
            params: reportIdParamsSchema,
            body: bodyOf(move),
            response: { 200: movedReportSchema },
          },
          config: {
            errors: [
              'not_found',
              'report_state',
              'report_disputed',
              'report_asks_again',
              'report_in_grace',
            ],
          },
        },
        async ({ params, body }) => {
          const { report, gift } = await operators.moveReport(name, params.reportId, body);
          return { ...shown(report), gift };
        },
      );
    }
  };
}

function bodyOf({ steps, gifts, renews, begins }: Move) {
  const given = renews ? releaseSchema : gifts ? whyAndGiftSchema : whySchema;
  if (steps) return whyAndStepSchema;
  return begins ? given.extend(customerAsked) : given;
}

function shown(report: Report): z.infer<typeof operatorReportSchema> {
  const { id: reportId, productId: product, ...rest } = report;
  const model = report.successor ?? report.model;
  return { reportId, product, edition: editionOf(report), ...rest, model };
}
