import { describe, expect, it } from 'vitest';
import { complete } from '../../../sandbox/openai/complete.ts';
import { readPrompt } from '../../../sandbox/openai/prompt.ts';
import { citable } from '../../../sandbox/openai/prose.ts';
import { createPromptCache } from '../../../sandbox/openai/usage.ts';
import { answersIn, chatRequest } from './request.ts';

const AREAS = [
  'identity',
  'emotions',
  'romance',
  'partnership',
  'family',
  'friends',
  'career',
  'money',
  'health',
];
const cache = createPromptCache();

function textsOf(request: ReturnType<typeof chatRequest>): string[] {
  const prompt = readPrompt({ ...request, max_tokens: null });
  return answersIn(complete(prompt, cache, null).content).map((answer) => answer.text);
}

describe('the stand-in’s prose', () => {
  it('never repeats an answer, over periods and areas', () => {
    const texts = Array.from({ length: 60 }, (_, day) =>
      textsOf(
        chatRequest({
          title: `Day ${day} of the year 2026`,
          ids: AREAS.map((area) => `d${day}-${area}`),
        }),
      ),
    ).flat();
    expect(new Set(texts).size).toBe(540);
  });

  it.each([
    [200, 260],
    [400, 800],
    [700, 1_400],
    [1_200, 2_500],
    [30, 60],
  ])('keeps to %i-%i characters and ends each answer with a full stop', (min, max) => {
    const system = `Each answer has between ${min.toLocaleString('en')} and ${max.toLocaleString('en')} characters.`;
    const ids = Array.from(
      { length: 40 },
      (_, index) => `w${index}-${AREAS[index % AREAS.length]}`,
    );
    for (const text of textsOf(chatRequest({ system, ids }))) {
      expect(text.length).toBeGreaterThanOrEqual(min);
      expect(text.length).toBeLessThanOrEqual(max);
      expect(text).toMatch(/\.$/);
      expect(text).not.toMatch(/[{}]|undefined| {2}|\.\.|^\s/);
    }
  });

  it('runs to a mean length above the middle, as models do', () => {
    const texts = textsOf(
      chatRequest({ ids: Array.from({ length: 400 }, (_, index) => `d${index}-career`) }),
    );
    const mean = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
    expect(mean).toBeGreaterThan(600);
    expect(mean).toBeLessThan(720);
  });

  it('weaves in facts of the period and of the person, but never the name', () => {
    const text = textsOf(chatRequest()).join(' ');
    expect(text).toContain('Mars square natal Venus');
    expect(text).toMatch(/Sun in Leo|Moon in Taurus/);
    expect(text).not.toContain('Ada');
  });

  it('cites the first clause of a fact, and only of one about the sky', () => {
    expect(
      citable([
        "Moon: Taurus 4°12', waxing, house 3",
        'Mars square natal Venus; exact 2026-11-23',
        'Name: "Sun"',
        'Born 1990-01-01',
      ]),
    ).toEqual(["Moon in Taurus 4°12' in house 3", 'Mars square natal Venus']);
  });

  it('answers plainly when no questions are asked in the known form', () => {
    const { content } = complete(
      readPrompt({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
      cache,
      null,
    );
    expect(content).toMatch(/^[A-Z].*\.$/);
  });
});
