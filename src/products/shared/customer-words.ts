/** Makes the customer's own words harmless: in prompts they are data and can never act as instructions. */
import { seenWords } from '../../domain/typed-words.ts';

/** Long enough for any real name; too short for a useful instruction. */
const LONGEST = 80;
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * For prompts: one line in straight quotes, without the characters that give a prompt its structure.
 * @param words a name or a place as the customer typed it
 */
export function quotedForPrompt(words: string): string {
  const plain = onOneLine(words)
    // headings, list lines, answer ids, templates, code and closing quotes
    .replace(/[[\]{}<>#`"“”„«»\\|*_=]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return `"${Array.from(plain).slice(0, LONGEST).join('').trimEnd()}"`;
}

/**
 * For print: as typed, on one line, without what nobody sees. Words with right-to-left letters keep to themselves (U+2068,
 * U+2069): their own first letter decides their direction, and the text around them is not turned.
 */
export function forPrint(words: string): string {
  const plain = onOneLine(seenWords(words));
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** For lines without any layout of ours, such as a file's title. */
export function onOneLine(words: string): string {
  return words
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
