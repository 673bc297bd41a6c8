/** A number that identifies a text, so that a report's thousands of answers need not stay in memory. */

/**
 * FNV-1a's prime, and a multiplier of Knuth's (The Art of Computer Programming, 6.4). With each, about
 * one pair of different texts in four thousand million collides.
 */
const MULTIPLIERS = [0x01000193, 0x9e3779b1] as const;
const OFFSET = 0x811c9dc5;

/**
 * Equal for texts that differ only in case, spacing and punctuation. Two other texts collide once in
 * 2^53: the later one is then asked for again.
 */
export function fingerprintOf(text: string): number {
  const folded = text.toLowerCase();
  let high = OFFSET | 0;
  let low = OFFSET | 0;
  // by hand, because it reads every answer: a regular expression and SHA-1 take three times as long
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    if (!isWordCode(code)) continue;
    high = Math.imul(high ^ code, MULTIPLIERS[0]);
    low = Math.imul(low ^ code, MULTIPLIERS[1]);
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}

/** An ASCII letter or digit, or beyond Latin-1's symbols and not general punctuation. @param code UTF-16, lower case */
function isWordCode(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return code > 0xbf && (code < 0x2000 || code > 0x206f);
}
