import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOVE_NAMES } from '../../src/orders/operators/moves.ts';
import { type ApiRig, goodOrder, startApi } from './api-rig.ts';

let api: ApiRig;
let document: Document;
beforeAll(async () => {
  api = await startApi();
  document = (await (await api.request('/openapi.json')).json()) as Document;
});
afterAll(() => api[Symbol.asyncDispose]());

interface Document extends Record<string, unknown> {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}
interface Operation {
  operationId?: string;
  summary?: string;
  responses: Record<string, { content?: object }>;
  security?: object[];
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

test('the document is valid OpenAPI 3.1', async () => {
  expect(document.openapi).toBe('3.1.0');
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test('the document has every route, with an id of its own and a summary', () => {
  expect(
    operations()
      .map(({ path, method }) => `${method.toUpperCase()} ${path}`)
      .sort(),
  ).toEqual([
    'DELETE /v1/orders/{orderId}',
    'GET /d/{token}',
    'GET /healthz',
    'GET /o/{token}',
    'GET /readyz',
    'GET /v1/operator/reports',
    'GET /v1/operator/usage',
    'GET /v1/orders/{orderId}',
    'GET /v1/orders/{orderId}/events',
    'GET /v1/orders/{orderId}/reports/{product}',
    'GET /v1/places',
    'GET /v1/products',
    'POST /d/{token}/renew',
    'POST /o/{token}/cancel',
    'POST /o/{token}/start',
    'POST /v1/operator/emails/{key}/resend',
    'POST /v1/operator/orders/{orderId}/refund',
    ...MOVE_NAMES.toSorted().map((name) => `POST /v1/operator/reports/{reportId}/${name}`),
    'POST /v1/orders',
    'POST /v1/orders/{orderId}/cancel',
    'POST /v1/orders/{orderId}/confirm',
    'POST /v1/orders/{orderId}/correct',
    'POST /v1/orders/{orderId}/email',
    'POST /v1/orders/{orderId}/start',
    'POST /v1/webhooks/sendgrid',
    'POST /v1/webhooks/stripe',
  ]);
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operation } of operations()) expect(operation.summary).toBeTruthy();
});

test('routes of an order require its token, and errors are problems', () => {
  const ofOrder = operations().filter(({ path }) => path.startsWith('/v1/orders/{'));
  expect(ofOrder).toHaveLength(9);
  for (const { operation } of ofOrder) {
    expect(operation.security).toEqual([{ access: [] }]);
    expect(operation.responses['404']?.content).toHaveProperty(['application/problem+json']);
  }
});

test("the API accepts the document's example of an order", async () => {
  const schema = document.components.schemas.OrderRequest ?? {};
  const [example] = (schema as { examples?: ReturnType<typeof goodOrder>[] }).examples ?? [];
  expect(Object.keys(example ?? {})).toEqual(Object.keys(goodOrder()));
  expect((await api.post('/v1/orders', example)).status).toBe(201);
});

test('the pages at /docs are served', async () => {
  const page = await api.request('/docs');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('swagger-ui');
});
