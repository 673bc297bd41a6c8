/** A short mark by which equal texts are known, so that a report's thousands need not be kept at hand. */
import { hash } from 'node:crypto';

/** Equal for texts that differ in nothing but case, spacing and punctuation. */
export function fingerprintOf(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return hash('sha1', words, 'base64url');
}
