/** Whether one answer can be sold. Each is checked on its own, so that only bad ones are asked again. */
import type { AnswerLength } from '../../domain/product.ts';
import { isMarkdown } from './markdown.ts';

/** What is wrong with an answer, in words that the next request repeats to the model. */
export type Flaw =
  | 'missing'
  | 'too short'
  | 'too long'
  | 'a refusal'
  | 'not in English'
  | 'unreadable'
  | 'Markdown instead of plain text'
  | 'names none of its facts'
  | 'states as certain what depends on the unknown hour of birth'
  | 'the same as another answer';

/** @param text trimmed @returns null when nothing is wrong. The sheet checks sameness and citing */
export function flawOf(text: string, hard: AnswerLength['hard']): Flaw | null {
  if (text === '') return 'missing';
  if (isRefusal(text)) return 'a refusal';
  if (text.length < hard.min) return 'too short';
  if (text.length > hard.max) return 'too long';
  if (UNREADABLE.test(text)) return 'unreadable';
  if (isMarkdown(text)) return 'Markdown instead of plain text';
  if (!looksEnglish(text)) return 'not in English';
  return null;
}

// control characters other than line breaks and tabs, the mark of a broken encoding, half a character, and
// what no font draws: noncharacters and private use, as the marks of a model's tools
const UNREADABLE = /[^\P{Cc}\n\r\t]|\uFFFD|\p{Cs}|\p{Co}|\p{Noncharacter_Code_Point}/u;

const REFUSALS = [
  /^(i['’]?m|i am) (very |so |really )?sorry\b/i,
  /^(sorry|(my )?apologies),? (but )?(i|we)\b/i,
  /^i apologi[sz]e\b/i,
  /^(unfortunately,? )?i (can ?no|ca)(t|n['’]t) (help|assist|provide|answer|comply|create|write|generate|do that|fulfil|discuss)\b(?! but)/i,
  /^(unfortunately,? )?(i['’]m|i am) (unable|not able) to\b/i,
  /\bas an ai\b/i,
];

function isRefusal(text: string): boolean {
  return REFUSALS.some((pattern) => pattern.test(text));
}

// Frequent in any English prose, and not words of the languages that models slip into.
const ENGLISH =
  `the and of to is you your with that this it are be from when not but have what which
  they their can by at how than into through while as if or where there out more its`.split(/\s+/);

/** Known words per character. Measured on its test's samples: English 0.035-0.09, others 0-0.009. */
const ENGLISH_SHARE = 0.02;
// not \b, which does not count "\u00E9" as a letter; no lookbehind, which takes half as long again
const KNOWN = new RegExp(`\\s(?:${ENGLISH.join('|')})(?![a-z\\u00DF-\\u00FF])`, 'gi');

function looksEnglish(text: string): boolean {
  const known = text.match(KNOWN)?.length ?? 0;
  return known >= ENGLISH_SHARE * text.length;
}
