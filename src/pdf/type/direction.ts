/** The order of text on a line: the Unicode bidirectional algorithm (UAX #9), by bidi-js. */
import createBidi from 'bidi-js';

/** Made when first needed, as all here: most reports have no right-to-left letter. */
let bidi: ReturnType<typeof createBidi> | undefined;

// Hebrew to Arabic Extended, their presentation forms, right-to-left planes, and what turns text by itself
const TURNING =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const BEYOND = /[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu;
const ALL_TURNING = new RegExp(TURNING.source, 'gu');

/**
 * A report is English, so a paragraph reads from the left, unless it has no other letters than right-to-left ones.
 * Names are isolated where they are put into a text (U+2068, U+2069): then their own first letter decides.
 * @returns the level of each UTF-16 unit, odd for right-to-left; null when all of it reads from the left
 */
export function levelsOf(text: string): Uint8Array | null {
  if (!TURNING.test(text)) return null;
  const foreign = !/\p{L}/u.test(text.replace(ALL_TURNING, ''));
  bidi ??= createBidi();
  // bidi-js knows the first plane only: letters beyond it count as Hebrew ones
  const known = text.replace(BEYOND, '\u05d0\u05d0');
  return bidi.getEmbeddingLevels(known, foreign ? 'rtl' : 'ltr').levels;
}

/** Rule L2: from the highest level down, whatever is at that level or above is reversed. */
export function inVisualOrder<Item extends { level: number }>(items: readonly Item[]): Item[] {
  const ordered = [...items];
  const highest = Math.max(0, ...ordered.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    let from = 0;
    while (from < ordered.length) {
      let to = from;
      while (to < ordered.length && (ordered[to]?.level ?? 0) >= level) to += 1;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = to + 1;
    }
  }
  return ordered;
}
