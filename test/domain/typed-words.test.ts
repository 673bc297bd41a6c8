import { expect, it } from 'vitest';
import { seenWords } from '../../src/domain/typed-words.ts';

it.each([
  ['a mark that turns text', 'Ada\u202ex', 'Adax'],
  ['isolates and their end', '\u2067Ada\u2069', 'Ada'],
  ['a mark of direction at the end', 'דוד\u200f', 'דוד'],
  ['a blank without width and a byte order mark', 'A\u200bd\ufeffa', 'Ada'],
  ['a soft hyphen', 'Ada\u00adlyn', 'Adalyn'],
  ['a Korean filler, which counts as a letter', '김\u3164민준', '김민준'],
  ['a joiner between Latin letters', 'A\u200dd\u200ca', 'Ada'],
  ['a selector after a Latin letter', 'A\ufe0fda', 'Ada'],
  ['an invisible tag', 'Ada\u{e0041}', 'Ada'],
])('removes %s', (_what, typed, seen) => {
  expect(seenWords(typed)).toBe(seen);
});

it.each([
  ['the joiner that parts Persian letters', 'می\u200cخواهم'],
  ['the joiner of Sinhala conjuncts', 'ශ්\u200dරී'],
  ['the joiner of Kannada and Bengali', 'র\u200d্যা'],
  ['the joiner of a family', '👨\u200d👩\u200d👧'],
  ['the selector of a colourful heart', '❤\ufe0f'],
  ['the selector of a Japanese form', '葛\u{e0100}城'],
  ['marks', 'X\u0331ʼunei'],
])('keeps %s', (_what, typed) => {
  expect(seenWords(typed)).toBe(typed.normalize('NFC'));
});

it('gives the usual form of Unicode, also when something between letter and mark is removed', () => {
  expect(seenWords('e\u0301')).toBe('é');
  expect(seenWords('e\u2060\u0301')).toBe('é');
});
