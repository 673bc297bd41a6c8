import { expect, it } from 'vitest';
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

it('recognises a repeated text despite case, spacing and punctuation, also across sheets', () => {
  const said = new Set<number>();
  expect(sheetOf({}, said).take(saying('You like company.'))).toEqual(['love']);
  const later = sheetOf({}, said);
  expect(later.take(saying('you like  COMPANY!'))).toEqual([]);
  expect(later.flaw('love')).toBe('the same as another answer');
});
