import { describe, expect, it } from 'vitest';
import type { QuestionGroup } from '../../../src/domain/call-plan.ts';
import { createAnswerSheet } from '../../../src/llm/answers/answer-sheet.ts';
import { LENGTH } from '../desk.ts';
import { proseFor } from '../prose.ts';

const GROUP: QuestionGroup = {
  title: 'Love',
  facts: ['Venus in Libra, 7th house', 'Name: "Saturnina"'],
  questions: [{ id: 'love', text: 'What of love?' }],
};

function sheetOf(change: Partial<QuestionGroup>, said = new Set<number>()) {
  return createAnswerSheet({ groups: [{ ...GROUP, ...change }] }, LENGTH, said);
}
const saying = (words: string): string =>
  JSON.stringify({ answers: [{ id: 'love', text: `${words} ${proseFor('love')}` }] });

it('refuses an answer that names none of its facts when it must cite', () => {
  const sheet = sheetOf({ cites: true });
  expect(sheet.take(saying('With Mars in Aries you hurry.'))).toEqual([]);
  expect(sheet.flaw('love')).toBe('names none of its facts');
  expect(sheet.take(saying('Your Venus likes company.'))).toEqual(['love']);
});

it.each([
  ['it need not cite', { cites: undefined }],
  ['there is nothing to cite', { cites: true, facts: ['The year begins on 1 May'] }],
])('accepts an answer without a citation when %s', (_, change) => {
  expect(sheetOf(change).take(saying('You like company.'))).toEqual(['love']);
});

describe('with facts that an unknown hour leaves open', () => {
  const open = [{ name: 'Sun', oneOf: ['Pisces', 'Aries'] }];
  const facts = [
    "Natal Sun in Pisces or Aries (Pisces 29°07' to Aries 0°06')",
    'Natal Venus in Leo',
  ];

  it('neither of the two signs is a citation, but the planet and what is certain are', () => {
    const cited = (words: string) => sheetOf({ cites: true, facts, open }).take(saying(words));
    expect(cited('There is much of Aries in this.')).toEqual([]);
    expect(cited('There is much of the Sun in this.')).toEqual(['love']);
    expect(cited('There is much of Leo in this.')).toEqual(['love']);
  });

  it('a sign that is certain elsewhere in the facts may be cited', () => {
    const more = { cites: true, open, facts: [...facts, 'Natal Mars in Aries'] };
    expect(sheetOf(more).take(saying('There is much of Aries in this.'))).toEqual(['love']);
  });

  it.each([
    'Your Sun in Aries hurries.',
    'Your natal Sun is in Pisces.',
    'As your Aries Sun knows.',
  ])('refuses what states one of them as certain, and says why: %s', (words) => {
    const sheet = sheetOf({ facts, open });
    expect(sheet.take(saying(words))).toEqual([]);
    expect(sheet.flaw('love')).toBe('states as certain what depends on the unknown hour of birth');
  });

  it.each([
    'Your Sun in Pisces or Aries begins things.',
    'If your Sun is in Aries, you begin things.',
    'The Sun in Aries brings light this month.',
    'Your Sun likes company; Mars in Aries does not.',
  ])('accepts what leaves it open or speaks of something else: %s', (words) => {
    expect(sheetOf({ facts, open }).take(saying(words))).toEqual(['love']);
  });
});

it('recognises a repeated text despite case, spacing and punctuation, also across sheets', () => {
  const said = new Set<number>();
  expect(sheetOf({}, said).take(saying('You like company.'))).toEqual(['love']);
  const later = sheetOf({}, said);
  expect(later.take(saying('you like  COMPANY!'))).toEqual([]);
  expect(later.flaw('love')).toBe('the same as another answer');
});
