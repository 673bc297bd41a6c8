import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiRig, startApi } from './api-rig.ts';
import { problemIn } from './problem-in.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test('an unknown address is 404, and a wrong method is 405 with the right ones', async () => {
  const unknown = await api.request('/v1/nothing');
  expect(unknown.status).toBe(404);
  expect((await problemIn(unknown)).code).toBe('not_found');
  const wrong = await api.request('/v1/orders/ord_1/confirm', { method: 'DELETE' });
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST');
  expect((await problemIn(wrong)).code).toBe('method_not_allowed');
});

test.each([
  ['that cannot be read', '/v1/orders/%', 404],
  ['with half an escape', '/v1/orders/%e0%a4', 404],
  ['with a part that is too long', `/v1/orders/${'a'.repeat(201)}`, 404],
  ['with a query that is too long', `/v1/places?q=${'a'.repeat(10_000)}`, 422],
  ['too long for a head', `/v1/orders/${'a'.repeat(20_000)}`, 431],
])('an address %s is answered with a problem', async (_, path, status) => {
  const response = await api.request(path);
  expect(response.status).toBe(status);
  await problemIn(response);
});

test('a request that is not HTTP is answered with a problem', async () => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.end('ORDER one report, please\r\n\r\n');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json/s);
  expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'bad_request' });
});
