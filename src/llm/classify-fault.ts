/** Reads what an SDK threw: it is temporary, needs an operator, or our request is wrong. */
import OpenAI from 'openai';
import { AlmanacError, ContentFault, NeedsOperator, TransientFault } from '../domain/errors.ts';

/** Codes that mean that the account is the problem, so waiting does not help. */
const ACCOUNT_CODES = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'account_deactivated',
]);

/**
 * @param now the time from which a Retry-After date counts
 * @returns a domain error. Its text holds only statuses and codes, and it keeps no cause: a provider's
 *   message, or the part of a body that could not be parsed, may quote the prompt
 */
export function classifyFault(error: unknown, now: Date): AlmanacError {
  if (error instanceof AlmanacError) return error;
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return new TransientFault(
      'openai_timeout',
      'OpenAI did not answer within the time limit of one call',
    );
  }
  if (error instanceof OpenAI.APIConnectionError) {
    return new TransientFault('openai_connection', 'the connection to OpenAI failed', {
      cause: error.cause,
    });
  }
  if (error instanceof OpenAI.APIError && error.status !== undefined) {
    return classifyStatus(error, error.status, now);
  }
  // Two faults of a 200 arrive unwrapped: a drop inside the body, and a body that is not JSON.
  if (error instanceof SyntaxError || isDroppedBody(error)) return brokenBody();
  return new AlmanacError(
    'llm_bug',
    `unexpected ${error instanceof Error ? error.name : 'throw'} in a model call`,
    {
      cause: error,
    },
  );
}

/** A 200 whose body is not what the API promises. */
export function brokenBody(): TransientFault {
  return new TransientFault('openai_body', 'OpenAI sent a broken body');
}

function classifyStatus(
  error: InstanceType<typeof OpenAI.APIError>,
  status: number,
  now: Date,
): AlmanacError {
  const said = `OpenAI answered ${status} (${error.code ?? error.type ?? 'no code'})`;
  if (ACCOUNT_CODES.has(error.code ?? '')) {
    return new NeedsOperator('openai_quota', `${said}: top up the account or raise its limit`);
  }
  if (status === 401 || status === 403) {
    return new NeedsOperator('openai_key', `${said}: check OPENAI_API_KEY and its permissions`);
  }
  if (status === 404) {
    return new NeedsOperator(
      'openai_model',
      `${said}: the model no longer exists, or this key may not use it`,
    );
  }
  if (status === 429 || status === 408 || status === 409 || status >= 500) {
    return new TransientFault(status === 429 ? 'openai_rate_limit' : 'openai_unavailable', said, {
      retryAfterMs: readRetryAfter(error.headers, now) ?? undefined,
    });
  }
  return new ContentFault(`${said}: the request is wrong`);
}

/** @returns milliseconds, or null if the provider gave no time */
function readRetryAfter(headers: Headers | undefined, now: Date): number | null {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const given = headers?.get('retry-after') ?? '';
  const ms = /^\s*[\d.]+\s*$/.test(given)
    ? Number.parseFloat(given) * 1_000
    : Date.parse(given) - now.getTime();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

function isDroppedBody(error: unknown): boolean {
  return error instanceof TypeError && /^(terminated|fetch failed)$/.test(error.message);
}
