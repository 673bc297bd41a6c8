/** Identifiers. No `:` (BullMQ forbids it in job ids) and never a pure integer. */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base32: no i, l, o, u

/** 100 random bits as 20 base32 characters, after a prefix that says what the id names. */
export function newId(prefix: string): string {
  if (unused.length < ID_BYTES) unused = randomBytes(100 * ID_BYTES);
  const bytes = unused.subarray(0, ID_BYTES);
  unused = unused.subarray(ID_BYTES);
  const characters = Array.from(bytes, (byte) => ALPHABET[byte % 32]);
  return `${prefix}_${characters.join('')}`;
}

const ID_BYTES = 20;
/** Random bytes that no id has used: asking the system for each id takes longer than all else. */
let unused = Buffer.alloc(0);

/** A report's id is derived, so that upserting an order's reports twice creates them once. */
export function reportIdOf(orderId: string, productId: string): string {
  return `${orderId}-${productId}`;
}
