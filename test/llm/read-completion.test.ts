import { expect, it } from 'vitest';
import { readCompletion } from '../../src/llm/read-completion.ts';

const body = (change: object) => ({
  choices: [{ finish_reason: 'stop', message: { content: '{"answers":[]}' } }],
  usage: { prompt_tokens: 7, completion_tokens: 3 },
  ...change,
});

it('says what the provider answered with, in its own words', () => {
  const told = readCompletion(body({ model: 'gpt-4o-2024-08-06', service_tier: 'priority' }));
  expect(told.served).toEqual({ model: 'gpt-4o-2024-08-06', tier: 'priority' });
});

it.each([[undefined], [null], [7], [''], ['x'.repeat(201)]])(
  'a model or tier named %s is not told, and decides nothing about the answer',
  (name) => {
    const reply = readCompletion(body({ model: name, service_tier: name }));
    expect(reply).toMatchObject({
      text: '{"answers":[]}',
      served: { model: null, tier: null },
      usage: { tokensIn: 7 },
    });
  },
);

const usageOf = (details: object) =>
  readCompletion(body({ usage: { prompt_tokens: 70, completion_tokens: 30, ...details } })).usage;

it('counts apart what was written to the cache and what was thought: parts of the input and the output', () => {
  const details = {
    prompt_tokens_details: { cached_tokens: 10, cache_write_tokens: 40 },
    completion_tokens_details: { reasoning_tokens: 20 },
  };
  expect(usageOf(details)).toEqual({
    tokensIn: 70,
    tokensCached: 10,
    tokensWritten: 40,
    tokensOut: 30,
    tokensReasoning: 20,
  });
});

it.each([
  ['more was written than was not cached', { cached_tokens: 10, cache_write_tokens: 99 }, 60],
  ['it does not say how much was written', { cached_tokens: 10 }, undefined],
  ['what was written cannot be', { cached_tokens: 10, cache_write_tokens: -1 }, undefined],
])('where %s, the rest of the usage still counts', (_, prompt_tokens_details, written) => {
  const usage = usageOf({ prompt_tokens_details });
  expect(usage).toMatchObject({ tokensIn: 70, tokensCached: 10, tokensOut: 30 });
  expect(usage?.tokensWritten).toBe(written);
});

it('more reasoning than output counts as all of it, and nothing is counted twice', () => {
  const details = { completion_tokens_details: { reasoning_tokens: 31 } };
  expect(usageOf(details)).toMatchObject({ tokensOut: 30, tokensReasoning: 30 });
});

it.each([
  ['is missing', undefined],
  ['is null', null],
  ['has null for numbers', { prompt_tokens: null, completion_tokens: null }],
  ['lacks one number', { prompt_tokens: 7 }],
  ['is a text', 'plenty'],
  ['has negative numbers', { prompt_tokens: 7, completion_tokens: -3 }],
  ['has more tokens than any model can take', { prompt_tokens: 7, completion_tokens: 1e15 }],
  ['has parts of tokens', { prompt_tokens: 7.5, completion_tokens: 3 }],
  ['has no token for the text that is there', { prompt_tokens: 7, completion_tokens: 0 }],
  ['has no token for the prompt', { prompt_tokens: 0, completion_tokens: 3 }],
])('an answer whose usage %s is kept, and its usage is unknown', (_, usage) => {
  const reply = readCompletion(JSON.parse(JSON.stringify(body({ usage }))));
  expect(reply).toMatchObject({ finish: 'complete', text: '{"answers":[]}', usage: null });
});

it.each([[null], [-1], [8], ['4']])(
  'cached tokens of %s count as none: the dearest',
  (cached_tokens) => {
    const usage = {
      prompt_tokens: 7,
      completion_tokens: 3,
      prompt_tokens_details: { cached_tokens },
    };
    expect(readCompletion(body({ usage })).usage).toEqual({
      tokensIn: 7,
      tokensCached: 0,
      tokensOut: 3,
    });
  },
);

it.each([
  ['nothing', undefined],
  ['null', null],
  ['a page', '<html></html>'],
  ['no choice', { choices: [] }],
  ['a choice without a message', body({ choices: [{ finish_reason: 'stop', message: null }] })],
  ['a choice that is null', body({ choices: [null] })],
  [
    'an answer that the provider broke off',
    body({ choices: [{ finish_reason: 'error', message: { content: '' } }] }),
  ],
])('%s is a broken body', (_, sent) => {
  expect(() => readCompletion(sent)).toThrow(
    expect.objectContaining({ name: 'TransientFault', code: 'openai_body' }),
  );
});

it('an odd second choice or tier does not decide about the answer', () => {
  const choice = { finish_reason: 'stop', message: { content: 'x' } };
  const reply = readCompletion(body({ choices: [choice, null], service_tier: 7 }));
  expect(reply).toMatchObject({ text: 'x', served: { tier: null } });
});
