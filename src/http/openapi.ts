/** OpenAPI 3.1 at /openapi.json, written from the routes' own schemas, and its pages at /docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import type { Catalogue } from '../domain/catalogue.ts';
import { transformDocument, transformRoute } from './openapi-transform.ts';

const DESCRIPTION = `Almanac writes long astrology reports to order.

1. \`POST /v1/orders\` places an order and returns a checkout page and an access token.
2. The customer pays there. \`POST /v1/orders/{orderId}/confirm\` then says whether the payment has arrived.
   Until \`graceEndsAt\` nothing begins: \`POST /v1/orders/{orderId}/correct\` corrects the birth, \`/start\` starts at once, \`/cancel\` pays back.
3. \`GET /v1/orders/{orderId}/events\` follows the reports live; \`GET /v1/orders/{orderId}\` reads them once.
4. Delivered reports are PDFs, at \`GET /v1/orders/{orderId}/reports/{product}\`.

Errors are \`application/problem+json\` with a stable \`code\` and a \`detail\` that says what to do. Bad input names every
field that is wrong at once. Answers have an \`X-Request-Id\`: quote it when you ask us about one. After 429 and 503,
\`Retry-After\` says how many seconds to wait. The package \`almanac-client\` (folder \`client/\`) is a typed client of all this.`;

/** The pages' own files and their inline styles. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Hides Swagger's own header, and breaks paths that are wider than a phone. */
const STYLE =
  '.swagger-ui .topbar { display: none } .swagger-ui code { overflow-wrap: anywhere; white-space: normal }';

/** Call before any route is registered. */
export async function documentApi(
  app: FastifyInstance,
  { publicUrl, catalogue }: { publicUrl: string; catalogue: Catalogue },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Almanac', version: manifest.version, description: DESCRIPTION },
      servers: [{ url: publicUrl }],
      tags: [
        { name: 'catalogue', description: 'Products and birth places' },
        { name: 'orders', description: 'Place, pay for and follow an order' },
        { name: 'pages', description: 'What customers open in a browser' },
        { name: 'operator', description: 'For operators, who sign in at /operator/sign-in' },
        { name: 'service', description: 'For the providers, and for those who run the service' },
      ],
      components: {
        securitySchemes: {
          access: { type: 'http', scheme: 'bearer' },
          operator: { type: 'apiKey', in: 'cookie', name: '__Host-almanac_operator' },
        },
      },
    },
    transform: transformRoute,
    transformObject: transformDocument(catalogue),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: POLICY,
    theme: { title: 'Almanac API', css: [{ filename: 'almanac.css', content: STYLE }] },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
