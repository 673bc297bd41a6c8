/** Reads what an SDK threw: it is temporary, needs an operator, or our request is wrong. */
import OpenAI from 'openai';
import { AlmanacError, ContentFault, NeedsOperator, TransientFault } from '../domain/errors.ts';
import { readRetryAfter } from '../domain/retry-after.ts';
import { readProviderError } from './provider-error.ts';

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
    return neverArrived(error.cause)
      ? new TransientFault('openai_unreachable', 'OpenAI cannot be reached', { cause: error.cause })
      : new TransientFault('openai_connection', 'the connection to OpenAI broke off', {
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
  const { fromProxy, code, account, aboveLimit, modelGone } = readProviderError(error);
  const said = `OpenAI answered ${status} (${code})`;
  const retryAfterMs = readRetryAfter((name) => error.headers?.get(name), now);
  const isAway = status === 408 || status === 409 || status >= 500;
  if (account && !isAway) {
    return new NeedsOperator('openai_quota', `${said}: top up the account or raise its limit`);
  }
  if (aboveLimit) {
    return new NeedsOperator(
      'openai_too_large',
      `${said}: one request asks for more than the account's limit allows, so waiting does not help; raise the account's tier, then release`,
    );
  }
  if (status === 429) return new TransientFault('openai_rate_limit', said, { retryAfterMs });
  if (isAway) return new TransientFault('openai_unavailable', said, { retryAfterMs });
  if (fromProxy) {
    const what = `a proxy before OpenAI answered ${status}, not OpenAI itself`;
    return new TransientFault('openai_proxy', what, { retryAfterMs });
  }
  if (status === 401 || status === 403) {
    return new NeedsOperator('openai_key', `${said}: check OPENAI_API_KEY and its permissions`);
  }
  if (modelGone) {
    return new NeedsOperator(
      'openai_model',
      `${said}: the model no longer exists, or this key may not use it`,
    );
  }
  if (status === 404 || status === 410) {
    return new NeedsOperator(
      'openai_address',
      `${said}: nothing is at this address; check OPENAI_BASE_URL`,
    );
  }
  return new ContentFault(`${said}: the request is wrong`);
}

function isDroppedBody(error: unknown): boolean {
  return error instanceof TypeError && /^(terminated|fetch failed)$/.test(error.message);
}

/** Causes of a connection that was never made: nothing was sent, so nothing can be billed. */
const NEVER_MADE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*)$/;

function neverArrived(cause: unknown): boolean {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('code' in error && NEVER_MADE.test(String(error.code))) return true;
  }
  return false;
}
