/** A short mark by which equal texts are known, so that a report's thousands need not be kept at hand. */

/**
 * FNV-1a's prime, and a second multiplier of Knuth's (The Art of Computer Programming, 6.4): of two
 * different texts each leaves one in some four thousand million alike.
 */
const MULTIPLIERS = [0x01000193, 0x9e3779b1] as const;
const OFFSET = 0x811c9dc5;

/**
 * Equal for texts that differ in nothing but case, spacing and punctuation. Of other texts two are equal
 * once in 2^53: the later one is then asked for again.
 */
export function fingerprintOf(text: string): number {
  const folded = text.toLowerCase();
  let high = OFFSET | 0;
  let low = OFFSET | 0;
  // by hand, as it goes over all that a report says: a regular expression and SHA-1 take three times as long
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    if (!isWordCode(code)) continue;
    high = Math.imul(high ^ code, MULTIPLIERS[0]);
    low = Math.imul(low ^ code, MULTIPLIERS[1]);
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}

/** @param code a UTF-16 unit of lower case: a digit or letter of ASCII, or beyond Latin-1's and general punctuation */
function isWordCode(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return code > 0xbf && (code < 0x2000 || code > 0x206f);
}
