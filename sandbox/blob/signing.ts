/**
 * Vercel Blob's signed URLs, as @vercel/blob 2.8 makes them. We issue a delegation with its key, and
 * the SDK signs a URL with that key. To check it, we derive the same key from the delegation.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Delegation {
  storeId: string;
  /** `*` means any */
  pathname: string;
  operations: string[];
  /** milliseconds since 1970 */
  validUntil: number;
}

export interface Issued {
  delegationToken: string;
  clientSigningToken: string;
  validUntil: number;
}

/** The longest time that Vercel allows: 7 days. */
const LONGEST_MS = 7 * 24 * 60 * 60 * 1_000;
const DEFAULT_MS = 60 * 60 * 1_000;
// fixed, so that links survive a restart; it protects nothing but sandbox files
const STORE_SECRET = 'sandbox-blob-signing-secret';

const VALID_UNTIL = 'vercel-blob-valid-until';
/** Parameters that the SDK signs if they are present. */
const SIGNED_PARAMETERS = [
  'vercel-blob-add-random-suffix',
  'vercel-blob-allow-overwrite',
  'vercel-blob-allowed-content-types',
  'vercel-blob-cache-control-max-age',
  'vercel-blob-callback-token-payload',
  'vercel-blob-callback-url',
  'vercel-blob-if-match',
  'vercel-blob-maximum-size-in-bytes',
  VALID_UNTIL,
];

/** @throws Error that says what is wrong with the request */
export function issue(storeId: string, wish: Record<string, unknown>, now: number): Issued {
  const validUntil = typeof wish.validUntil === 'number' ? wish.validUntil : now + DEFAULT_MS;
  if (validUntil <= now) throw new Error('validUntil must be in the future');
  if (validUntil > now + LONGEST_MS) throw new Error('validUntil must be at most 7 days away');
  const delegation: Delegation = {
    storeId,
    pathname: typeof wish.pathname === 'string' ? wish.pathname : '*',
    operations: Array.isArray(wish.operations) ? wish.operations.map(String) : ['get', 'head'],
    validUntil,
  };
  const payload = Buffer.from(asciiJson(delegation)).toString('base64url');
  const delegationToken = `${payload}.${mac(STORE_SECRET, payload)}`;
  return { delegationToken, clientSigningToken: mac(STORE_SECRET, delegationToken), validUntil };
}

/** @returns why the URL may not be used for this, or null if it may */
export function refuses(
  query: URLSearchParams,
  pathname: string,
  operation: string,
  now: number,
): string | null {
  const token = query.get('vercel-blob-delegation') ?? '';
  const signature = query.get('vercel-blob-signature') ?? '';
  if (token === '' || signature === '') return 'unsigned';
  const delegation = readDelegation(token);
  if (delegation === null) return 'forged delegation';
  const key = mac(STORE_SECRET, token);
  if (!equal(signature, mac(key, canonical(query, pathname, operation)))) return 'wrong signature';
  if (delegation.pathname !== '*' && delegation.pathname !== pathname) return 'another pathname';
  if (!delegation.operations.includes(operation)) return `not for ${operation}`;
  const until = Number(query.get(VALID_UNTIL) ?? delegation.validUntil);
  return now > Math.min(until, delegation.validUntil) ? 'expired' : null;
}

function readDelegation(token: string): Delegation | null {
  const [payload = '', signature = ''] = token.split('.');
  if (!equal(signature, mac(STORE_SECRET, payload))) return null;
  // we signed it, so we know its form
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Delegation;
}

/** The lines that the SDK signs, sorted by bytes. */
function canonical(query: URLSearchParams, pathname: string, operation: string): string {
  const lines = [`operation=${operation}`, `pathname=${pathname}`];
  for (const name of SIGNED_PARAMETERS) {
    const value = query.get(name);
    if (value) lines.push(`${name}=${value}`);
  }
  return lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('\n');
}

/** The SDK decodes the payload as Latin-1, so anything beyond ASCII must be escaped. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function mac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
