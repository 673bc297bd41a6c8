import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMAIL_KINDS, EMAIL_STATES, LETTER_KINDS } from '../../src/domain/email.ts';
import { REFUND_STATES } from '../../src/domain/refund.ts';
import { ORDER_STATES, REPORT_STATES } from '../../src/domain/transitions.ts';
import { ALL_CODES } from '../../src/http/error-codes.ts';
import { MOVE_NAMES } from '../../src/orders/operators/moves.ts';
import { type ApiRig, bearer, goodOrder, place, startApi } from './api-rig.ts';

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

test('each type is in the document once, and in use', () => {
  const { schemas } = api.answers;
  const ids = Object.keys(schemas);
  expect(ids.filter((id) => id.endsWith('Input'))).toEqual([]);
  const texts = Object.values(schemas).map((schema) => JSON.stringify(schema));
  expect(new Set(texts).size).toBe(texts.length);
  const all = JSON.stringify(document);
  expect(ids.filter((id) => !all.includes(`"#/components/schemas/${id}"`))).toEqual([]);
});

test('ids of products, kinds of letters, states and error codes are listed', () => {
  const { schemas } = api.answers;
  const listed = Object.entries(schemas).flatMap(([id, { enum: values }]) =>
    Array.isArray(values) ? [[id, values]] : [],
  );
  expect(Object.fromEntries(listed)).toEqual({
    ProductId: ['life-clarity', 'blueprint', 'personal-horoscope', 'bundle'],
    ReportProduct: ['life-clarity', 'blueprint', 'personal-horoscope'],
    OrderState: ORDER_STATES,
    ReportState: REPORT_STATES,
    RefundState: REFUND_STATES,
    LetterKind: LETTER_KINDS,
    OperatorLetterKind: EMAIL_KINDS,
    LetterState: EMAIL_STATES,
    ErrorCode: ALL_CODES,
  });
});

test('every error that a route declares has an example of its code, right by its schema and its status', () => {
  for (const { operationId, responses } of api.answers.operations) {
    for (const [status, { content = {} }] of Object.entries(responses)) {
      const media = content['application/problem+json'];
      if (media === undefined) continue;
      const examples = Object.entries(media.examples ?? {});
      expect(examples.length, `${operationId} ${status}`).toBeGreaterThan(0);
      for (const [code, { $ref }] of examples) {
        expect($ref).toBe(`#/components/examples/${code}`);
        const { value } = api.answers.examples[code] ?? {};
        expect(api.answers.faultsBy(media.schema, value), `${operationId} ${code}`).toBe('');
        expect(value).toMatchObject({ code, status: Number(status) });
      }
    }
  }
});

test('every code of the table is declared by a route, but for those of no route', () => {
  const declared = api.answers.operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content = {} }) =>
      Object.keys(content['application/problem+json']?.examples ?? {}),
    ),
  );
  const pagesOnly = ['link_expired'];
  const ofNoRoute = ['method_not_allowed', 'unavailable'];
  const missing = ALL_CODES.filter((code) => !declared.includes(code));
  expect(missing.toSorted()).toEqual([...pagesOnly, ...ofNoRoute].toSorted());
});

test('every route that is counted declares 429, with Retry-After, and no other does', () => {
  const uncounted = ['isAlive', 'isReady'];
  for (const { operationId, responses } of api.answers.operations) {
    const { headers } = responses['429'] ?? {};
    if (uncounted.includes(operationId)) expect(headers, operationId).toBeUndefined();
    else expect(Object.keys(headers ?? {}), operationId).toContain('Retry-After');
  }
});

test("the stream's events are what the document says", async () => {
  const operation = api.answers.operations.find(({ operationId }) => operationId === 'watchOrder');
  const schema = operation?.responses['200']?.content?.['text/event-stream']?.schema;
  expect(schema).toEqual({ $ref: '#/components/schemas/Order' });
  const placed = await place(api);
  await api.store.orders.move(placed.orderId, 'expired');
  const stream = await api.request(`/v1/orders/${placed.orderId}/events`, bearer(placed));
  const [, data = ''] = /^data: (.*)$/m.exec(await stream.text()) ?? [];
  expect(api.answers.faultsBy(schema ?? {}, JSON.parse(data))).toBe('');
});

test('an answer that the document lacks fails the test that asked for it', () => {
  const answer = { status: 418, type: 'application/problem+json', body: '{"code":"teapot"}' };
  const check = (change: object) => () =>
    api.answers.check('GET', '/v1/products', { ...answer, ...change });
  expect(check({})).toThrow('418');
  expect(check({ status: 429 })).toThrow('otherwise than the document says');
  expect(check({ status: 200, type: 'application/json', body: '{"products":[{}]}' })).toThrow('id');
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
