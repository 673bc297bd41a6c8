/** Identifiers. No `:` (BullMQ forbids it in job ids) and never a pure integer. */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base32: no i, l, o, u

/** 100 random bits as 20 base32 characters, after a prefix that says what the id names. */
export function newId(prefix: string): string {
  const characters = Array.from(randomBytes(20), (byte) => ALPHABET[byte % 32]);
  return `${prefix}_${characters.join('')}`;
}

/** A report's id is derived, so that upserting an order's reports twice creates them once. */
export function reportIdOf(orderId: string, productId: string): string {
  return `${orderId}-${productId}`;
}
