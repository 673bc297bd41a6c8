/** The one table from error codes to HTTP statuses, and the handlers that write problems (RFC 9457). */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  AlmanacError,
  AmbiguousBirth,
  type BirthChoice,
  type FieldIssue,
  NeedsOperator,
  TooSoon,
  TransientFault,
} from '../domain/errors.ts';
import { allowedMethods } from './allowed-methods.ts';
import { ERROR_CODES, type ErrorCode, isErrorCode } from './error-codes.ts';

/** RFC 9457, with a stable `code` and, for bad input, one entry per field. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  /** what to do about it */
  detail: string;
  errors?: FieldIssue[];
  /** of a question about a birth: the field that answers it, and with what */
  field?: string;
  choices?: BirthChoice[];
}

/** Fastify's own refusals, in our words. */
const FRAMEWORK: Readonly<Record<string, { code: ErrorCode; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: usual('body_too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: usual('unsupported_media_type'),
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'bad_request',
    detail: 'The body is empty although Content-Type says JSON. Send a JSON object.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: usual('bad_request'),
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
  if ((problem.status === 503 && !isForGood(problem)) || error instanceof TooSoon) {
    reply.header('retry-after', retryAfter(error));
  }
  return sendProblem(reply, problem);
}

/** Also for an address that the router cannot read, or with a part longer than any token. */
export function refuseAddress(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problemOf('not_found', 'No such address. GET /docs lists them.'));
}

export function problemOf(code: ErrorCode, detail: string, errors: FieldIssue[] = []): Problem {
  const { status } = ERROR_CODES[code];
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, code, detail, ...(errors.length > 0 && { errors }) };
}

/** @returns what the caller may know about an error */
export function describeError(error: FastifyError | AlmanacError): Problem {
  const refusal = FRAMEWORK[error.code];
  if (refusal !== undefined) return problemOf(refusal.code, refusal.detail);
  if (!(error instanceof AlmanacError)) return describeForeign(error);
  const code = isErrorCode(error.code) ? error.code : null;
  // a provider's fault that the table does not name is one all the same
  if (error instanceof TransientFault) return refused(code ?? 'unavailable');
  if (code === 'store_unavailable') return refused(code);
  if (error instanceof NeedsOperator || code === null) return refused('internal');
  const problem = problemOf(code, error.message, error.issues);
  if (!(error instanceof AmbiguousBirth)) return problem;
  return { ...problem, field: error.field, choices: error.choices };
}

/** A refusal quotes what was sent, so its words are kept out of the log. Our own faults are logged in full. */
export function noteRefusal(
  request: FastifyRequest,
  err: unknown,
  { status, code }: Problem,
): void {
  if (status >= 500 && !isForGood({ code })) request.log.error({ err, code }, 'request failed');
  else request.log.debug({ code }, 'request refused');
}

/** No fault, and waiting does not help: an operator was told. */
function isForGood({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'product_unavailable';
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
  if (status < 400 || status >= 500) return refused('internal');
  return problemOf('bad_request', error.message);
}

/** In the table's own words: the error's are not for the caller. */
function refused(code: ErrorCode): Problem {
  return problemOf(code, ERROR_CODES[code].detail);
}

function usual(code: ErrorCode): { code: ErrorCode; detail: string } {
  return { code, detail: ERROR_CODES[code].detail };
}

function retryAfter(error: unknown): number {
  const told = error instanceof TransientFault || error instanceof TooSoon;
  const ms = told ? error.retryAfterMs : null;
  return ms === null ? RETRY_AFTER : Math.ceil(ms / 1_000);
}
