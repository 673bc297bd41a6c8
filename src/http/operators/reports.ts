/** What operators do to reports, over HTTP: one route for each move in the table. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { editionOf, type Report } from '../../domain/report.ts';
import type { Operators } from '../../orders/operators/create-operators.ts';
import { MOVE_NAMES, MOVES, type Move } from '../../orders/operators/moves.ts';
import { problems } from '../problem-schema.ts';
import { requireOperator } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import {
  customerAsked,
  movedReportSchema,
  type operatorReportSchema,
  operatorReportsSchema,
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
          response: { 200: operatorReportsSchema, ...problems(401, 422, 503) },
        },
      },
      async (request) => {
        const found = await operators.listReports(request.query.state, MOST_LISTED);
        return { reports: found.map(shown) };
      },
    );

    for (const name of MOVE_NAMES) {
      const { summary, steps, gifts, begins }: Move = MOVES[name];
      const body = steps ? whyAndStepSchema : gifts ? whyAndGiftSchema : whySchema;
      app.post(
        `${PATH}/:reportId/${name}`,
        {
          schema: {
            ...common,
            summary,
            operationId: `${name}Report`,
            params: reportIdParamsSchema,
            body: begins ? body.extend(customerAsked) : body,
            response: { 200: movedReportSchema, ...problems(401, 404, 409, 422, 503) },
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

function shown(report: Report): z.infer<typeof operatorReportSchema> {
  const { id: reportId, productId: product, ...rest } = report;
  return { reportId, product, edition: editionOf(report), ...rest };
}
