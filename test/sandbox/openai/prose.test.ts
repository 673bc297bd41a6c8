import { describe, expect, it } from 'vitest';
import { complete } from '../../../sandbox/openai/complete.ts';
import { familyNamed } from '../../../sandbox/openai/families.ts';
import { readPrompt } from '../../../sandbox/openai/prompt.ts';
import { citable } from '../../../sandbox/openai/prose.ts';
import { topicOf } from '../../../sandbox/openai/topics.ts';
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
const FAMILY = familyNamed('gpt-4o');

function textsOf(request: ReturnType<typeof chatRequest>): string[] {
  const prompt = readPrompt({ ...request, max_tokens: null });
  return answersIn(complete(prompt, cache, null, FAMILY).content).map((answer) => answer.text);
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

  it('has a mean length above the middle, as models do', () => {
    const texts = textsOf(
      chatRequest({ ids: Array.from({ length: 400 }, (_, index) => `d${index}-career`) }),
    );
    const mean = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
    expect(mean).toBeGreaterThan(600);
    expect(mean).toBeLessThan(720);
  });

  it('takes less than 10 ms of processor time for 54 answers', () => {
    const request = chatRequest({
      ids: Array.from({ length: 54 }, (_, index) => `d${index}-career`),
    });
    for (let warm = 0; warm < 5; warm += 1) textsOf(request);
    const before = process.cpuUsage();
    for (let call = 0; call < 20; call += 1) textsOf(request);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000 / 20).toBeLessThan(10);
  });

  it('weaves in facts of the period and of the person, but never the name', () => {
    const text = textsOf(chatRequest()).join(' ');
    expect(text).toContain('Mars square natal Venus');
    expect(text).toMatch(/Sun in Leo|Moon in Taurus/);
    expect(text).not.toContain('Ada');
  });

  it.each([
    ["Moon: Taurus 4°12', waxing, house 3", "Moon in Taurus 4°12' in house 3"],
    [
      "Natal Venus in Taurus 18°40', 9th house, domicile",
      "Venus in Taurus 18°40' in the 9th house",
    ],
    ['Mars square natal Venus; exact 2026-11-23', 'Mars square natal Venus'],
    ['Venus enters Leo, 5 Jul 2027 08:40, 11th house', 'Venus entering Leo in the 11th house'],
    ['At noon of 5 July 2027: Moon in Leo, New Moon', 'Moon in Leo'],
    ['T-square of Mars, Jupiter and Uranus', 'the T-square of Mars, Jupiter and Uranus'],
  ])('cites the part of %j that fits into a sentence', (fact, cited) => {
    expect(citable([fact])).toEqual([cited]);
  });

  it('cites only facts about the sky, and none of the customer’s words', () => {
    expect(
      citable([
        'Name: "Sun"',
        'Born in Cancer, 1990-01-01',
        'Birth place: Venus',
        'Natal 1st house begins in Virgo',
      ]),
    ).toEqual([]);
  });

  it('takes its subject from the id first, then from the question, then from the title', () => {
    const subject = (...signs: string[]) => topicOf(signs).name;
    expect(subject('d001-money', 'Which friend matters today?', 'Sunday')).toBe('finances');
    expect(subject('q1', 'Which friend matters today?', 'Home')).toBe('friendships');
    expect(subject('q1', 'What now?', 'Home')).toBe('home and family');
    expect(subject('q1', 'What now?', '')).toBe('daily round');
  });

  it('answers plainly when no questions are asked in the known form', () => {
    const { content } = complete(
      readPrompt({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
      cache,
      null,
      FAMILY,
    );
    expect(content).toMatch(/^[A-Z].*\.$/);
  });
});
