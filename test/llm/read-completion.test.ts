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
