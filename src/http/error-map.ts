/** The one table from error codes to HTTP statuses, and the handlers that write problems (RFC 9457). */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  AlmanacError,
  type FieldIssue,
  NeedsOperator,
  TooSoon,
  TransientFault,
} from '../domain/errors.ts';
import { allowedMethods } from './allowed-methods.ts';

/** RFC 9457, with a stable `code` and, for bad input, one entry per field. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  /** what to do about it */
  detail: string;
  errors?: FieldIssue[];
}

const STATUS_OF: Readonly<Record<string, number>> = {
  bad_request: 400,
  webhook_signature: 400,
  webhook_event: 400,
  unauthorized: 401,
  forged_request: 403,
  not_paid: 402,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  payment_mismatch: 409,
  report_not_ready: 409,
  report_state: 409,
  report_disputed: 409,
  too_late_to_cancel: 409,
  too_late_to_change: 409,
  report_in_grace: 409,
  address_failed: 409,
  refund_state: 409,
  letter_state: 409,
  link_expired: 410,
  erased: 410,
  report_withdrawn: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  idempotency_mismatch: 422,
  rate_limited: 429,
  too_soon: 429,
  headers_too_large: 431,
  store_unavailable: 503,
};

/** Fastify's own refusals, in our words. */
const FRAMEWORK: Readonly<Record<string, { code: string; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body_too_large',
    detail: 'The body is larger than 64 KB (1 MB for events of the mail provider). Send less.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported_media_type',
    detail: 'Send the body as JSON, with "Content-Type: application/json".',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'bad_request',
    detail: 'The body is empty although Content-Type says JSON. Send a JSON object.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'bad_request',
    detail: 'The body is not valid JSON. Check quotes, commas and brackets.',
  },
};

/** How long a client should wait when a provider did not say, seconds. */
const RETRY_AFTER = 10;

/** Answers every error with a problem, never with a stack or a provider's own words. */
export function useProblems(app: FastifyInstance): void {
  const methodsOf = allowedMethods(app);

  app.setErrorHandler(answerError);

  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url);
    if (methods.length === 0) {
      return refuseAddress(reply);
    }
    const allow = methods.join(', ');
    reply.header('allow', allow);
    return sendProblem(reply, problemOf('method_not_allowed', `This address takes ${allow} only.`));
  });
}

export function answerError(
  error: FastifyError | AlmanacError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = describeError(error);
  noteRefusal(request, error, problem);
  if (problem.status === 503 || error instanceof TooSoon) {
    reply.header('retry-after', retryAfter(error));
  }
  return sendProblem(reply, problem);
}

/** Also for an address that the router cannot read, or with a part longer than any token. */
export function refuseAddress(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problemOf('not_found', 'No such address. GET /docs lists them.'));
}

export function problemOf(code: string, detail: string, errors: FieldIssue[] = []): Problem {
  const status = STATUS_OF[code] ?? 500;
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, code, detail, ...(errors.length > 0 && { errors }) };
}

/** @returns what the caller may know about an error */
export function describeError(error: FastifyError | AlmanacError): Problem {
  const refusal = FRAMEWORK[error.code];
  if (refusal !== undefined) return problemOf(refusal.code, refusal.detail);
  if (!(error instanceof AlmanacError)) return describeForeign(error);
  if (error instanceof TransientFault || error.code === 'store_unavailable') {
    const detail =
      'A service that this needs is away at the moment. Nothing was changed: try again.';
    return { ...problemOf('store_unavailable', detail), code: error.code };
  }
  if (error instanceof NeedsOperator || STATUS_OF[error.code] === undefined) return unexpected();
  return problemOf(error.code, error.message, error.issues);
}

/** A refusal quotes what was sent, so its words are kept out of the log. Our own faults are logged in full. */
export function noteRefusal(
  request: FastifyRequest,
  err: unknown,
  { status, code }: Problem,
): void {
  if (status >= 500) request.log.error({ err, code }, 'request failed');
  else request.log.debug({ code }, 'request refused');
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem);
}

function describeForeign(error: FastifyError): Problem {
  const status = error.statusCode ?? 500;
  if (status < 400 || status >= 500) return unexpected();
  return { ...problemOf('bad_request', error.message), status, title: STATUS_CODES[status] ?? '' };
}

function unexpected(): Problem {
  return problemOf('internal', 'This is our fault. It has been logged; try again in a while.');
}

function retryAfter(error: unknown): number {
  const told = error instanceof TransientFault || error instanceof TooSoon;
  const ms = told ? error.retryAfterMs : null;
  return ms === null ? RETRY_AFTER : Math.ceil(ms / 1_000);
}
