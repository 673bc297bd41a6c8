/** OpenAI's error answers, by fault name. */

export interface ProviderError {
  status: number;
  body: { error: { message: string; type: string; param: null; code: string | null } };
}

export const ERROR_KINDS = [
  '429',
  'insufficient_quota',
  '400',
  '401',
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
    case 'insufficient_quota':
      return error(
        429,
        'You exceeded your current quota, please check your plan and billing details.',
        'insufficient_quota',
        'insufficient_quota',
      );
    case '400':
      return error(400, 'The request was refused as invalid.', 'invalid_request_error', null);
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
