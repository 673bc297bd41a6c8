/** The HTTP application: plugins, then routes. */
import cookie from '@fastify/cookie';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { refuseClient } from './http/client-faults.ts';
import type { HttpDeps } from './http/deps.ts';
import { guardEdge } from './http/edge.ts';
import { refuseAddress, useProblems } from './http/error-map.ts';
import { documentApi } from './http/openapi.ts';
import { logRequests } from './http/request-log.ts';
import { healthRoutes } from './http/routes/health.ts';
import { metricsRoutes } from './http/routes/metrics.ts';
import { operatorRoutes } from './http/routes/operator.ts';
import { operatorRefundRoutes } from './http/routes/operator-refunds.ts';
import { operatorReportRoutes } from './http/routes/operator-reports.ts';
import { operatorSessionRoutes } from './http/routes/operator-session.ts';
import { operatorUsageRoutes } from './http/routes/operator-usage.ts';
import { orderChangeRoutes } from './http/routes/order-changes.ts';
import { orderEventRoutes } from './http/routes/order-events.ts';
import { orderRoutes } from './http/routes/orders.ts';
import { pageRoutes } from './http/routes/pages.ts';
import { placeRoutes } from './http/routes/places.ts';
import { productRoutes } from './http/routes/products.ts';
import { reportRoutes } from './http/routes/reports.ts';
import { webhookRoutes } from './http/routes/webhooks.ts';
import { validatorCompiler } from './http/validator.ts';

const BODY_LIMIT = 64 * 1024;
/** To send a request whole, milliseconds: slower ones only hold connections. */
const REQUEST_TIMEOUT = 20_000;
/** Of an address's part, characters: a longer one is no token of ours. */
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
  });
  app.removeContentTypeParser('text/plain'); // bodies are JSON
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  useProblems(app);
  logRequests(app);
  await app.register(cookie);
  await guardEdge(app, deps.edge);
  await documentApi(app, deps.publicUrl);

  await app.register(productRoutes(deps));
  await app.register(placeRoutes(deps));
  await app.register(orderRoutes(deps));
  await app.register(orderChangeRoutes(deps));
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
    await app.register(operatorUsageRoutes({ ...deps.operator, readUsage: deps.readUsage }));
  }
  return app;
}
