/** What the provider's answer about a model is taken for. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { type AskModel, createAskModel } from '../../src/llm/ask-model.ts';

const NOW = new Date('2026-11-28T12:00:00.000Z');
let server: Server;
let ask: AskModel;
let told: { status: number; body: unknown };
beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(told.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseURL = `http://127.0.0.1:${port}/v1`;
  const client = new OpenAI({ apiKey: 'sk-test', baseURL, maxRetries: 0, logLevel: 'off' });
  ask = createAskModel(client, { timeoutMs: 5_000, clock: () => NOW });
});
afterAll(() => server.close());

const model = (fields: object) => ({
  status: 200,
  body: { id: 'gpt-4o', object: 'model', created: 1, owned_by: 'them', ...fields },
});

it.each([
  ['a day', '2027-01-14', '2027-01-14'],
  ['a time of that day', '2027-01-14T00:00:00Z', '2027-01-14'],
  ['a day that has just passed', '2026-11-20', '2026-11-20'],
  ['null: none is announced', null, null],
])('takes %s as it is told', async (_, date, lastDay) => {
  told = model({ shutdown_date: date });
  expect(await ask('gpt-4o')).toEqual({ has: true, lastDay });
});

test('an answer without the field says nothing of the last day', async () => {
  told = model({});
  expect(await ask('gpt-4o')).toEqual({ has: true, lastDay: undefined });
});

it.each([
  ['the beginning of time', '1970-01-01'],
  ['the end of time', '9999-12-31'],
  ['a day that does not exist', '2027-02-30'],
  ['words', 'soon'],
  ['a number', 1_800_000_000],
  ['a list', ['2027-01-14']],
  ['an empty text', ''],
  ['a text without end', '2'.repeat(10_000)],
])('an answer with %s as last day says that the model lives, and no more', async (_, date) => {
  told = model({ shutdown_date: date });
  expect(await ask('gpt-4o')).toEqual({
    has: true,
    lastDay: undefined,
    odd: JSON.stringify(date).slice(0, 40),
  });
});

it.each([
  [404, { code: 'model_not_found' }],
  [404, { message: 'The model `gpt-4o` does not exist or you do not have access to it.' }],
  [410, { message: 'The model `gpt-4o` has been deprecated, learn more here.' }],
  [400, { code: 'model_deprecated' }],
])('a %i that names the model means that it is gone', async (status, error) => {
  told = { status, body: { error } };
  expect(await ask('gpt-4o')).toEqual({ has: false });
});

it.each([
  [
    'an address where nothing is',
    404,
    { error: { message: 'Invalid URL (GET /x)' } },
    'openai_address',
  ],
  ['a refused key', 401, { error: { code: 'invalid_api_key' } }, 'openai_key'],
  [
    'a model that this project may not use',
    403,
    { error: { code: 'model_not_found' } },
    'openai_key',
  ],
  ['a provider that is away', 503, { error: {} }, 'openai_unavailable'],
  ['an answer that is no model', 200, { ok: true }, 'openai_body'],
])('%s decides nothing about a model', async (_, status, body, code) => {
  told = { status, body };
  await expect(ask('gpt-4o')).rejects.toMatchObject({ code });
});
