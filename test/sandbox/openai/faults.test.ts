import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startOpenai } from '../../../sandbox/openai/openai.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import { journalOf, orderFault, reset } from '../control.ts';
import { answersIn, chatRequest } from './request.ts';

let server: Listening;
let client: OpenAI;

beforeAll(async () => {
  server = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 1 });
  client = new OpenAI({
    apiKey: 'sk-sandbox',
    baseURL: `${server.url}/v1`,
    maxRetries: 0,
    timeout: 5_000,
  });
});
afterEach(() => reset(server.url));
afterAll(() => server.close());

const ask = (request = chatRequest(), options = {}) =>
  client.chat.completions.create(request, options);
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('faults, as the SDK sees them', () => {
  it.each([
    ['429', { status: 429, code: 'rate_limit_exceeded' }],
    ['insufficient_quota', { status: 429, code: 'insufficient_quota' }],
    ['429_too_large', { status: 429, type: 'tokens', code: 'rate_limit_exceeded' }],
    ['429_epoch', { status: 429 }],
    ['quota_type', { status: 429, type: 'insufficient_quota', code: null }],
    ['402', { status: 402 }],
    ['403_html', { status: 403, message: expect.stringContaining('<html>') }],
    ['organization_restricted', { status: 400, code: 'organization_restricted' }],
    ['400', { status: 400 }],
    ['401', { status: 401, code: 'invalid_api_key' }],
    ['404_model', { status: 404, code: 'model_not_found' }],
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
  ])('%s is an API error once', async (kind, error) => {
    await orderFault(server.url, { kind });
    expect(await caught(ask())).toMatchObject(error);
    expect((await ask()).choices[0]?.finish_reason).toBe('stop');
  });

  it.each([
    ['empty_body', undefined],
    ['null_body', null],
  ])('%s is a 200 without a completion, once', async (kind, body) => {
    await orderFault(server.url, { kind });
    expect(await ask()).toBe(body);
    expect((await ask()).choices[0]?.finish_reason).toBe('stop');
  });

  it.each([
    ['missing_usage', undefined],
    ['null_usage', { prompt_tokens: null, completion_tokens: null }],
  ])('%s is a good answer that does not say what it cost', async (kind, usage) => {
    const whole = answersIn((await ask()).choices[0]?.message.content);
    await orderFault(server.url, { kind });
    const told = await ask();
    expect(told.usage).toEqual(usage);
    expect(answersIn(told.choices[0]?.message.content)).toEqual(whole);
  });

  it.each([
    ['null_message', { message: null }],
    ['finish_error', { finish_reason: 'error' }],
  ])('%s is a choice that is no answer', async (kind, choice) => {
    await orderFault(server.url, { kind });
    expect((await ask()).choices[0]).toMatchObject(choice);
  });

  it.each([
    ['markdown', '**In short:**'],
    ['lone_surrogate', '\ud83c'],
  ])('%s is in every answer, at its length', async (kind, start) => {
    const whole = answersIn((await ask()).choices[0]?.message.content);
    await orderFault(server.url, { kind });
    const marred = answersIn((await ask()).choices[0]?.message.content);
    for (const [index, { text }] of marred.entries()) {
      expect(text.startsWith(start)).toBe(true);
      expect(text).toHaveLength(whole[index]?.text.length ?? 0);
    }
  });

  it('429 has a Retry-After only when told to', async () => {
    await orderFault(server.url, { kind: '429' });
    await orderFault(server.url, { kind: '429', retryAfter: 7 });
    const waits = [];
    for (const _ of [1, 2]) {
      const error = await caught(ask());
      waits.push(error instanceof OpenAI.APIError ? error.headers?.get('retry-after') : 'none');
    }
    expect(waits).toEqual([null, '7']);
  });

  it('slow runs into the time limit of the call, and the tokens are billed', async () => {
    await orderFault(server.url, { kind: 'slow', ms: 5_000 });
    expect(await caught(ask(chatRequest(), { timeout: 1_000 }))).toBeInstanceOf(
      OpenAI.APIConnectionTimeoutError,
    );
    await expect.poll(() => journalOf(server.url)).toMatchObject([{ outcome: 'client_gone' }]);
    expect((await journalOf(server.url))[0]?.completionTokens).toBeGreaterThan(0);
  });

  it('a stalled body hangs until the caller gives up', async () => {
    await orderFault(server.url, { kind: 'stalled_body' });
    const error = await caught(ask(chatRequest(), { signal: AbortSignal.timeout(1_000) }));
    expect(error).toBeInstanceOf(Error);
  });

  it.each(['dropped_connection', 'lost_answer'])('%s is a connection error', async (kind) => {
    await orderFault(server.url, { kind });
    expect(await caught(ask())).toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await journalOf(server.url)).toMatchObject([{ outcome: kind, status: null }]);
  });

  it('a broken body is not JSON', async () => {
    await orderFault(server.url, { kind: 'broken_body' });
    expect(await caught(ask())).toBeInstanceOf(SyntaxError);
  });

  const contentAfter = async (kind: string) => {
    await orderFault(server.url, { kind });
    return (await ask()).choices[0];
  };

  it('leaves out some answers and keeps others', async () => {
    const ids = answersIn((await contentAfter('drop_answers'))?.message.content).map(
      (answer) => answer.id,
    );
    expect(ids).toEqual(['d001-romance', 'd001-career', 'd001-money']);
  });

  it('truncates with finish_reason length', async () => {
    const choice = await contentAfter('truncated');
    expect(choice?.finish_reason).toBe('length');
    expect(() => answersIn(choice?.message.content)).toThrow(SyntaxError);
  });

  it('refuses', async () => {
    const message = (await contentAfter('refusal'))?.message;
    expect(message?.content).toBeNull();
    expect(message?.refusal).toContain("can't help");
  });

  it('answers in another language, at the right length', async () => {
    const [answer] = answersIn((await contentAfter('wrong_language'))?.message.content);
    expect(answer?.text).toMatch(/\bund\b/);
    expect(answer?.text.length).toBeGreaterThan(300);
  });

  it('names one id twice', async () => {
    const ids = answersIn((await contentAfter('duplicate_ids'))?.message.content).map(
      (answer) => answer.id,
    );
    expect(ids.slice(0, 2)).toEqual(['d001-identity', 'd001-identity']);
  });

  it('breaks the JSON of its answer', async () => {
    const choice = await contentAfter('broken_json');
    expect(choice?.finish_reason).toBe('stop');
    expect(() => answersIn(choice?.message.content)).toThrow(SyntaxError);
  });

  it('says nothing at all', async () => {
    expect((await contentAfter('empty'))?.message.content).toBe('');
  });

  it('meets a fault only in requests that ask for a certain answer', async () => {
    await orderFault(server.url, { kind: '500', match: '[w12-career]' });
    await ask();
    expect(await caught(ask(chatRequest({ ids: ['w12-career'] })))).toMatchObject({ status: 500 });
  });

  it('refuses an unknown fault, and lists the known ones', async () => {
    await expect(orderFault(server.url, { kind: 'flood' })).rejects.toThrow('insufficient_quota');
  });
});
