import { Agent, OpenAIProvider, Runner } from '@openai/agents';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerTime } from '../../../sandbox/openai/latency.ts';
import { startOpenai } from '../../../sandbox/openai/openai.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import { journalOf, orderFault, reset } from '../control.ts';
import { answersIn, chatRequest, LONG_SYSTEM } from './request.ts';

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

describe('the OpenAI stand-in, asked with the real SDKs', () => {
  it('answers every question in order, at the length asked for, and the same each time', async () => {
    const first = answersIn((await ask()).choices[0]?.message.content);
    expect(first.map((answer) => answer.id)).toEqual([
      'd001-identity',
      'd001-romance',
      'd001-career',
      'd001-money',
      'd001-health',
    ]);
    for (const { text } of first) {
      expect(text.length).toBeGreaterThanOrEqual(400);
      expect(text.length).toBeLessThanOrEqual(800);
    }
    expect(answersIn((await ask()).choices[0]?.message.content)).toEqual(first);
  });

  it('gives a question the same answer when it is asked alone', async () => {
    const all = answersIn((await ask()).choices[0]?.message.content);
    const alone = answersIn(
      (await ask(chatRequest({ ids: ['d001-career'] }))).choices[0]?.message.content,
    );
    expect(alone).toEqual([all[2]]);
  });

  it('counts tokens, and counts a prefix of an earlier prompt as cached in steps of 128', async () => {
    const system = `Another product. ${LONG_SYSTEM}`;
    const first = await ask(chatRequest({ system, title: 'One' }));
    const second = await ask(chatRequest({ system, title: 'Two' }));
    expect(first.usage?.prompt_tokens_details?.cached_tokens).toBe(0);
    const cached = second.usage?.prompt_tokens_details?.cached_tokens ?? 0;
    expect(cached).toBeGreaterThanOrEqual(1_024);
    expect(cached % 128).toBe(0);
    expect(cached).toBeLessThan(second.usage?.prompt_tokens ?? 0);
    expect(second.usage?.completion_tokens).toBeGreaterThan(500);
  });

  it('journals each request with its id, the ids asked for, the tokens and the outcome', async () => {
    const { usage } = await ask(chatRequest(), { headers: { 'X-Client-Request-Id': 'call_1' } });
    await orderFault(server.url, { kind: '503' });
    await caught(
      ask(chatRequest({ ids: ['h1-career'] }), { headers: { 'X-Client-Request-Id': 'call_2' } }),
    );
    const [answered, failed] = await journalOf(server.url);
    expect(answered).toMatchObject({
      requestId: 'call_1',
      asked: ['d001-identity', 'd001-romance', 'd001-career', 'd001-money', 'd001-health'],
      promptTokens: usage?.prompt_tokens,
      completionTokens: usage?.completion_tokens,
      outcome: 'answered',
      status: 200,
    });
    expect(failed).toMatchObject({
      requestId: 'call_2',
      asked: ['h1-career'],
      promptTokens: 0,
      outcome: '503',
      status: 503,
    });
    expect(await journalOf(server.url, Number(answered?.n))).toHaveLength(1);
  });

  it('serves the Agents SDK with typed output', async () => {
    const answers = z.object({ answers: z.array(z.object({ id: z.string(), text: z.string() })) });
    const agent = new Agent({
      name: 'A core',
      instructions: 'Each answer has between 1,200 and 2,500 characters.',
      model: 'gpt-4o',
      outputType: answers,
    });
    const runner = new Runner({
      modelProvider: new OpenAIProvider({ openAIClient: client, useResponses: false }),
      tracingDisabled: true,
    });
    const { finalOutput } = await runner.run(
      agent,
      '# Questions\n## Core\n[core-identity] Who are you?',
    );
    expect(finalOutput?.answers[0]?.id).toBe('core-identity');
    expect(finalOutput?.answers[0]?.text.length).toBeGreaterThanOrEqual(1_200);
    expect(finalOutput?.answers[0]?.text.length).toBeLessThanOrEqual(2_500);
  });

  it('also serves the Responses API', async () => {
    const response = await client.responses.create({
      model: 'gpt-4o',
      input: '# Questions\n## Now\n[a1] What now?',
    });
    expect(answersIn(response.output_text).map((answer) => answer.id)).toEqual(['a1']);
  });

  it('lists its models and refuses any other', async () => {
    const names = (await client.models.list()).data.map((model) => model.id);
    expect(names).toContain('gpt-4o');
    expect((await client.models.retrieve('gpt-4o')).id).toBe('gpt-4o');
    expect(await caught(client.models.retrieve('gpt-2'))).toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    expect(await caught(ask({ ...chatRequest(), model: 'gpt-2' }))).toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });

  it('says a model’s last day, by default the one that its provider has announced', async () => {
    const dayOf = async (name: string) => (await client.models.retrieve(name)).shutdown_date;
    expect(await dayOf('gpt-4o-2024-08-06')).toBe('2027-01-14');
    expect(await dayOf('gpt-6-luna')).toBeNull();
    const announce = (body: object) =>
      fetch(`${server.url}/_sandbox/models`, { method: 'POST', body: JSON.stringify(body) });
    await announce({ id: 'gpt-6-luna', shutdownDate: '2028-01-01' });
    expect(await dayOf('gpt-6-luna')).toBe('2028-01-01');
    await announce({ id: 'gpt-6-luna', shutdownDate: null });
    expect(await dayOf('gpt-6-luna')).toBeNull();
    expect((await announce({ id: 'gpt-6-luna', shutdownDate: 'soon' })).status).toBe(400);
  });

  it.each([
    ['gpt-6-luna', { max_tokens: 100 }, 'unsupported_parameter', 'max_tokens'],
    ['gpt-6-luna', { temperature: 0.8 }, 'unsupported_value', 'temperature'],
    ['gpt-6-astra', { temperature: 1 }, 'unsupported_parameter', 'temperature'],
    ['gpt-6-astra', { reasoning_effort: 'none' }, 'unsupported_value', 'reasoning_effort'],
    ['gpt-4o', { reasoning_effort: 'low' }, 'unsupported_parameter', 'reasoning_effort'],
    ['gpt-4o', { max_tokens: 16_385 }, 'invalid_value', 'max_tokens'],
    ['gpt-4o', { service_tier: 'flex' }, 'invalid_value', 'service_tier'],
    [
      'gpt-5.4',
      { prompt_cache_options: { mode: 'explicit' } },
      'unsupported_parameter',
      'prompt_cache_options',
    ],
  ] as const)('%s refuses %j as its provider does: %s', async (model, wrong, code, param) => {
    const { max_tokens, ...request } = chatRequest();
    const error = await caught(client.chat.completions.create({ ...request, model, ...wrong }));
    expect(error).toMatchObject({ status: 400, code, param });
    expect((await journalOf(server.url)).at(-1)).toMatchObject({
      outcome: `refused ${param}`,
      completionTokens: 0,
    });
  });

  it('a model that reasons bills what it thinks as output, within its most tokens', async () => {
    const { max_tokens, ...request } = chatRequest({ ids: ['d001-money'] });
    const thinking = (effort: 'none' | 'low' | 'high', most: number) =>
      client.chat.completions.create({
        ...request,
        model: 'gpt-6-luna',
        reasoning_effort: effort,
        max_completion_tokens: most,
      });
    const [plain, low, high] = [
      await thinking('none', 9_000),
      await thinking('low', 9_000),
      await thinking('high', 9_000),
    ].map(({ usage }) => ({
      out: usage?.completion_tokens ?? 0,
      thought: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
    }));
    expect(plain?.thought).toBe(0);
    expect(low?.out).toBe((plain?.out ?? 0) + (low?.thought ?? 0));
    expect(high?.thought).toBeGreaterThan(low?.thought ?? 0);
    const short = await thinking('high', 100);
    expect(short.usage?.completion_tokens).toBeLessThanOrEqual(100);
    expect(short.choices[0]?.finish_reason).toBe('length');
  });

  it('a family that caches up to marks reads exactly what an earlier request wrote up to the same mark', async () => {
    const mark = { prompt_cache_breakpoint: { mode: 'explicit' as const } };
    const asking = async (end: string, options = {}) => {
      const { usage } = await client.chat.completions.create({
        model: 'gpt-6-luna',
        reasoning_effort: 'none',
        messages: [
          { role: 'system', content: `Marked. ${LONG_SYSTEM}` },
          {
            role: 'user',
            content: [
              { type: 'text', text: '# The person\n- Sun: Leo\n', ...mark },
              { type: 'text', text: end },
            ],
          },
        ],
        ...options,
      });
      const { cached_tokens, cache_write_tokens } = usage?.prompt_tokens_details ?? {};
      return [cached_tokens ?? -1, cache_write_tokens ?? -1];
    };
    const explicit = { prompt_cache_options: { mode: 'explicit' } };
    const [none, written = 0] = await asking('One', explicit);
    expect(none).toBe(0);
    expect(written).toBeGreaterThan(1_024);
    expect(await asking('Two', explicit)).toEqual([written, 0]);
    // without our word it also writes up to the end, which is different each time
    const [read, more] = await asking('Three');
    expect([read, more]).toEqual([written, expect.any(Number)]);
    expect(more).toBeGreaterThan(0);
  });

  it('refuses an invalid key', async () => {
    const stranger = new OpenAI({ apiKey: 'wrong', baseURL: `${server.url}/v1`, maxRetries: 0 });
    expect(await caught(stranger.models.list())).toMatchObject({ status: 401 });
    expect(await caught(stranger.chat.completions.create(chatRequest()))).toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
  });

  it('says that it does not stream', async () => {
    const streamed = client.chat.completions.create({ ...chatRequest(), stream: true });
    expect(await caught(streamed)).toMatchObject({ status: 400, param: 'stream' });
  });

  it('cuts the answer off at max_tokens', async () => {
    const { choices, usage } = await ask({ ...chatRequest(), max_tokens: 200 });
    expect(choices[0]?.finish_reason).toBe('length');
    expect(usage?.completion_tokens).toBeLessThanOrEqual(200);
  });
});

describe('the time to answer', () => {
  it('holds over HTTP', async () => {
    const slow = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 60, seed: 1 });
    const there = new OpenAI({ apiKey: 'sk-sandbox', baseURL: `${slow.url}/v1`, maxRetries: 0 });
    const request = chatRequest();
    const began = performance.now();
    await there.chat.completions.create(request);
    const took = performance.now() - began;
    const [entry] = await journalOf(slow.url);
    await slow.close();
    expect(Number(entry?.ms)).toBeGreaterThan(15);
    expect(took).toBeGreaterThanOrEqual(Number(entry?.ms) - 1);
  });

  it('varies about the mean, and is the same for the same request', () => {
    const requests = Array.from({ length: 5_000 }, (_, index) => `request ${index}`);
    const times = requests.map((request) => answerTime(60, request));
    expect(requests.map((request) => answerTime(60, request))).toEqual(times);
    const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
    expect(mean).toBeGreaterThan(57);
    expect(mean).toBeLessThan(63);
    const sorted = times.toSorted((a, b) => a - b);
    expect(sorted[4_500]).toBeGreaterThan(2 * Number(sorted[500]));
    expect(answerTime(0, 'any')).toBe(0);
  });
});
