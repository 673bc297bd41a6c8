import { expect, it } from 'vitest';
import { readCompletion } from '../../src/llm/read-completion.ts';

const body = (change: object) => ({
  choices: [{ finish_reason: 'stop', message: { content: '{"answers":[]}' } }],
  usage: { prompt_tokens: 7, completion_tokens: 3 },
  ...change,
});

it.each([
  ['flex', 'flex'],
  ['default', 'default'],
  ['priority', 'default'],
])('a reply served as %s is booked as %s, whatever was asked for', (served, booked) => {
  expect(readCompletion(body({ service_tier: served })).tier).toBe(booked);
});

it('a reply that names no tier is booked under the tier asked for', () => {
  expect(readCompletion(body({})).tier).toBeUndefined();
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
  expect(reply).toMatchObject({ text: 'x', tier: undefined });
});
