/** OpenAI's error answers, by fault name. */

export interface ProviderError {
  status: number;
  /** a text is sent as a page of HTML, as a proxy before the provider does */
  body: { error: { message: string; type: string; param: null; code: string | null } } | string;
  headers?: Record<string, string>;
}

export const ERROR_KINDS = [
  '429',
  '429_epoch',
  '429_too_large',
  'insufficient_quota',
  'quota_type',
  '400',
  'organization_restricted',
  '401',
  '402',
  '403_html',
  '404_model',
  '500',
  '502',
  '503',
  '504',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export function providerError(kind: ErrorKind, model: string): ProviderError {
  switch (kind) {
    case '429':
      return error(
        429,
        'Rate limit reached for requests. Please try again later.',
        'requests',
        'rate_limit_exceeded',
      );
    case '429_epoch':
      return {
        ...error(429, 'Rate limit reached.', 'requests', 'rate_limit_exceeded'),
        headers: { 'retry-after': String(Math.floor(Date.now() / 1_000) + 2) },
      };
    case '429_too_large':
      return error(
        429,
        `Request too large for ${model} on tokens per min (TPM): Limit 30000, Requested 41000.`,
        'tokens',
        'rate_limit_exceeded',
      );
    case 'quota_type':
      return error(429, 'You exceeded your current quota.', 'insufficient_quota', null);
    case 'insufficient_quota':
      return error(
        429,
        'You exceeded your current quota, please check your plan and billing details.',
        'insufficient_quota',
        'insufficient_quota',
      );
    case '400':
      return error(400, 'The request was refused as invalid.', 'invalid_request_error', null);
    case 'organization_restricted':
      return error(
        400,
        'Organization has been restricted.',
        'invalid_request_error',
        'organization_restricted',
      );
    case '402':
      return error(402, 'Payment required', 'invalid_request_error', null);
    case '403_html':
      return { status: 403, body: '<html><title>Attention required</title></html>' };
    case '401':
      return error(401, 'Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key');
    case '404_model':
      return error(
        404,
        `The model \`${model}\` does not exist or you do not have access to it.`,
        'invalid_request_error',
        'model_not_found',
      );
    case '500':
      return error(
        500,
        'The server had an error while processing your request.',
        'server_error',
        null,
      );
    case '502':
      return error(502, 'Bad gateway.', 'server_error', null);
    case '503':
      return error(
        503,
        'The engine is currently overloaded, please try again later.',
        'server_error',
        null,
      );
    case '504':
      return error(504, 'Gateway timeout.', 'server_error', null);
  }
}

function error(status: number, message: string, type: string, code: string | null): ProviderError {
  return { status, body: { error: { message, type, param: null, code } } };
}
