/**
 * Access and link tokens: `<id>.<mac>`, mac = HMAC-SHA256(secret; purpose, id, generation).
 * They can be made again for an e-mail, so nothing secret is stored. A raised generation revokes them.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type TokenPurpose = 'access' | 'link';

export interface Tokens {
  make(purpose: TokenPurpose, id: string, generation: number): string;
  /** Compares in constant time. */
  matches(token: string, purpose: TokenPurpose, id: string, generation: number): boolean;
  /** Replaces an e-mail address where the address itself must not be kept. */
  fingerprint(address: string): string;
}

export function createTokens(secret: string): Tokens {
  const make = (purpose: TokenPurpose, id: string, generation: number): string => {
    const mac = createHmac('sha256', secret).update(`${purpose}\n${id}\n${generation}`);
    return `${id}.${mac.digest('base64url')}`;
  };
  return {
    make,
    matches(token, purpose, id, generation) {
      const given = Buffer.from(token);
      const wanted = Buffer.from(make(purpose, id, generation));
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
    fingerprint(address) {
      const mac = createHmac('sha256', secret).update(`address\n${address.trim().toLowerCase()}`);
      return mac.digest('base64url');
    },
  };
}

/** @returns the id that a token claims, or null when it does not have the form of a token */
export function idOfToken(token: string): string | null {
  const match = /^([a-z0-9_-]{1,80})\.[A-Za-z0-9_-]{43}$/.exec(token);
  return match?.[1] ?? null;
}
