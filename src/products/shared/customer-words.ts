/** Makes the customer's own words harmless: in prompts they are data and can never act as instructions. */

/** Long enough for any real name; too short for a useful instruction. */
const LONGEST = 80;

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

/** For print: as typed, on one line, without control characters or marks that reverse the text. */
export function onOneLine(words: string): string {
  return words
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
