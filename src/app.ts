/** The HTTP application: plugins, then routes. */
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { checkRequests } from './http/check-request.ts';
import { correctionRoutes } from './http/checkout/corrections.ts';
import { orderRoutes } from './http/checkout/orders.ts';
import { placeRoutes } from './http/checkout/places.ts';
import { productRoutes } from './http/checkout/products.ts';
import { refuseClient } from './http/client-faults.ts';
import { orderEventRoutes } from './http/customers/order-events.ts';
import { customerOrderRoutes } from './http/customers/orders.ts';
import { pageRoutes } from './http/customers/pages.ts';
import { reportRoutes } from './http/customers/reports.ts';
import type { HttpDeps } from './http/deps.ts';
import { guardEdge } from './http/edge.ts';
import { refuseAddress, useProblems } from './http/error-map.ts';
import { documentApi } from './http/openapi.ts';
import { operatorRoutes } from './http/operators/board.ts';
import { operatorLetterRoutes } from './http/operators/letters.ts';
import { metricsRoutes } from './http/operators/metrics.ts';
import { operatorRefundRoutes } from './http/operators/refunds.ts';
import { operatorReportRoutes } from './http/operators/reports.ts';
import { operatorSessionRoutes } from './http/operators/sign-in.ts';
import { operatorUsageRoutes } from './http/operators/usage.ts';
import { logRequests } from './http/request-log.ts';
import { healthRoutes } from './http/service/health.ts';
import { webhookRoutes } from './http/service/webhooks.ts';

const BODY_LIMIT = 64 * 1024;
/** Milliseconds to send a whole request: slower ones only hold connections. */
const REQUEST_TIMEOUT = 20_000;
/** Characters in one part of an address: a longer part is not one of our tokens. */
const LONGEST_TOKEN = 200;

/** @returns the application, not listening yet; close() ends open streams and waits for the rest */
export async function buildApp(deps: HttpDeps): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = deps.log;
  const app = fastify({
    loggerInstance: logger,
    // its lines would hold addresses, and some addresses are keys
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    trustProxy: (_address, hop) => hop < deps.edge.trustedProxies,
    clientErrorHandler: refuseClient,
    frameworkErrors: (_error, _request, reply) => refuseAddress(reply),
    routerOptions: { maxParamLength: LONGEST_TOKEN },
    genReqId: () => randomUUID(),
  });
  app.removeContentTypeParser('text/plain'); // bodies are JSON
  app.setSerializerCompiler(serializerCompiler);

  useProblems(app);
  checkRequests(app);
  logRequests(app);
  await app.register(cookie);
  await guardEdge(app, deps.edge);
  await documentApi(app, deps);

  await app.register(productRoutes(deps));
  await app.register(placeRoutes(deps));
  await app.register(orderRoutes(deps));
  await app.register(correctionRoutes(deps));
  await app.register(customerOrderRoutes(deps));
  await app.register(orderEventRoutes(deps));
  await app.register(reportRoutes(deps));
  await app.register(webhookRoutes(deps));
  await app.register(pageRoutes(deps));
  await app.register(healthRoutes(deps));
  await app.register(metricsRoutes(deps));
  if (deps.operator !== null) {
    await app.register(operatorSessionRoutes(deps.operator.sessions));
    await app.register(operatorRoutes(deps.operator));
    await app.register(operatorReportRoutes(deps.operator));
    await app.register(operatorRefundRoutes(deps.operator));
    await app.register(operatorLetterRoutes(deps.operator));
    await app.register(operatorUsageRoutes({ ...deps.operator, readUsage: deps.readUsage }));
  }
  return app;
}
