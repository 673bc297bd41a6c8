/** Letters and signs that need no shaping: each is one glyph of its font, wherever it is. */

/** As parts of a character class. Latin, Greek, Cyrillic and punctuation never join or reorder, but may be kerned. */
const KERNED =
  '\\u0021-\\u007e\\u00a0-\\u00ac\\u00ae-\\u024f\\u0370-\\u03ff\\u0400-\\u0482\\u048a-\\u052f\\u1e00-\\u1eff\\u2010-\\u2027\\u2030-\\u205e';
/** Han, kana, whole Korean syllables and symbols. */
const SINGLE =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\uac00-\\ud7a3\\u3000-\\u303f\\u30fc\\uff01-\\uff5e\\p{So}\\p{Sm}\\p{Sc}';
const VARIANT = '\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}';
/** Two of them make one flag. */
const FLAG = '\\u{1f1e6}-\\u{1f1ff}';

export const ONLY_KERNED = new RegExp(`^[${KERNED}]+$`, 'u');
export const ONLY_KERNED_OR_SPACES = new RegExp(`^[ ${KERNED}]+$`, 'u');
/** A variant of a letter is drawn in its usual form. */
const LETTER = `(?![${FLAG}])[${SINGLE}][${VARIANT}]?`;
export const ONLY_SINGLE = new RegExp(`^(?:${LETTER})+$`, 'u');
export const EACH_SINGLE = new RegExp(LETTER, 'gu');
export const NEEDS_SHAPING = new RegExp(`[${FLAG}]|[^\\s\\p{Cc}${KERNED}${SINGLE}${VARIANT}]`, 'u');
