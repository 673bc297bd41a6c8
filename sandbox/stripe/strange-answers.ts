/** Answers that Stripe should not give, and faults that it keeps under an idempotency key. */
import { isObject } from '../wire/messages.ts';
import type { Answered } from './idempotency.ts';
import { stripeFault } from './objects.ts';

/** The work is done, and then 200 with: a text, `true`, `null`, `{}`, or a session with another address. */
export const STRANGE_KINDS = [
  'answer_text',
  'answer_true',
  'answer_null',
  'answer_empty',
  'unsafe_url',
] as const;

/** @returns undefined: answer as usual */
export function strange(kind: string | undefined, body: unknown): unknown {
  switch (kind) {
    case 'answer_text':
      return 'x';
    case 'answer_true':
      return true;
    case 'answer_null':
      return null;
    case 'answer_empty':
      return {};
    case 'unsafe_url':
      return withUnsafeUrl(body);
    default:
      return undefined;
  }
}

/** @returns null: do the work */
export function stored(kind: string | undefined): Answered | null {
  if (kind === 'stored_500') {
    const { body } = stripeFault(500, 'An error occurred on our end.');
    return { status: 500, body };
  }
  if (kind !== 'balance_insufficient') return null;
  const message = 'Insufficient funds in your Stripe balance to refund this amount.';
  const { body } = stripeFault(400, message, { code: 'balance_insufficient' });
  return { status: 400, body };
}

function withUnsafeUrl(body: unknown): unknown {
  if (!isObject(body)) return body;
  // of a list: each of its items
  if (Array.isArray(body.data)) return { ...body, data: body.data.map(withUnsafeUrl) };
  return { ...body, url: 'javascript:alert(1)' };
}
