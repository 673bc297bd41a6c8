/** What operators do to reports, over HTTP. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { editionOf, type Report } from '../../domain/report.ts';
import type { OperateReports } from '../../orders/operators/operate-reports.ts';
import { problems } from '../problem-schema.ts';
import { requireOperator } from './operator-access.ts';
import type { OperatorSessions } from './operator-sessions.ts';
import {
  operatorReportSchema,
  operatorReportsSchema,
  reportIdParamsSchema,
  retriedReportSchema,
  retrySchema,
  stateQuerySchema,
  whySchema,
} from './reports-schema.ts';

export interface OperatorReportDeps {
  sessions: OperatorSessions;
  reports: OperateReports;
}

const MOST_LISTED = 500;
const PATH = '/v1/operator/reports';
const common = { tags: ['operator'], security: [{ operator: [] }] };

export function operatorReportRoutes({
  sessions,
  reports,
}: OperatorReportDeps): FastifyPluginAsyncZod {
  return async (app) => {
    requireOperator(app, sessions);

    app.get(
      PATH,
      {
        schema: {
          ...common,
          summary: 'List reports of one state, oldest first',
          operationId: 'listReports',
          querystring: stateQuerySchema,
          response: { 200: operatorReportsSchema, ...problems(401, 422, 503) },
        },
      },
      async (request) => {
        const found = await reports.list(request.query.state, MOST_LISTED);
        return { reports: found.map(shown) };
      },
    );

    const simple = {
      hold: 'Hold a report: its run stops, its deadline stands still',
      release: 'Let a held report go on',
      cancel: 'Cancel a report, also in mid-run, and pay its share back',
    } as const;
    for (const action of ['hold', 'release', 'cancel'] as const) {
      app.post(
        `${PATH}/:reportId/${action}`,
        {
          schema: {
            ...common,
            summary: simple[action],
            operationId: `${action}Report`,
            params: reportIdParamsSchema,
            body: whySchema,
            response: { 200: operatorReportSchema, ...problems(401, 404, 409, 422, 503) },
          },
        },
        async (request) => shown(await reports[action](request.params.reportId, request.body.why)),
      );
    }

    app.post(
      `${PATH}/:reportId/retry`,
      {
        schema: {
          ...common,
          summary: 'Retry a failed report, from a step on or with all that stands',
          operationId: 'retryReport',
          params: reportIdParamsSchema,
          body: retrySchema,
          response: { 200: retriedReportSchema, ...problems(401, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const { why, fromStep } = request.body;
        const { report, gift } = await reports.retry(request.params.reportId, why, fromStep);
        return { ...shown(report), gift };
      },
    );

    app.post(
      `${PATH}/:reportId/hasten`,
      {
        schema: {
          ...common,
          summary: 'Try a waiting report now instead of at its time',
          operationId: 'hastenReport',
          params: reportIdParamsSchema,
          response: { 200: operatorReportSchema, ...problems(401, 404, 503) },
        },
      },
      async (request) => shown(await reports.hasten(request.params.reportId)),
    );
  };
}

function shown(report: Report): z.infer<typeof operatorReportSchema> {
  const { id, orderId, productId, version, state, reason, attempts, crashes } = report;
  const { notBefore, deadline, heldAt, runningMs } = report;
  return {
    ...{ reportId: id, orderId, product: productId, version, state, reason, attempts, crashes },
    ...{ notBefore, deadline, heldAt, runningMs, edition: editionOf(report) },
  };
}
