/** One class for everything that can go wrong, told apart by `code`. */
import type { BirthChoice, ErrorCode, FieldIssue, Problem } from './generated/types.gen.ts';

/**
 * The API's own codes, and two for what is not the API's: `unreachable` (no answer came) and
 * `unexpected_answer` (something between here and the API answered, such as a proxy).
 */
export type AlmanacErrorCode = ErrorCode | 'unreachable' | 'unexpected_answer';

export class AlmanacError extends Error {
  override readonly name = 'AlmanacError';
  /** stable */
  readonly code: AlmanacErrorCode;
  /** HTTP; null when no answer came */
  readonly status: number | null;
  /** of bad input: each field that is wrong, with what is allowed */
  readonly errors: readonly FieldIssue[];
  /** of `ambiguous_birth`: the field that the customer has to choose a value for, and the values; else null */
  readonly question: { field: string; choices: readonly BirthChoice[] } | null;
  /** how long the API asks us to wait; null: it does not say */
  readonly retryAfterSeconds: number | null;
  /** names the request in the API's log; null when no answer came */
  readonly requestId: string | null;
  /** the answer's body as it came; null when it was none of the API's */
  readonly problem: Problem | null;

  constructor(
    code: AlmanacErrorCode,
    message: string,
    about: { problem?: Problem; response?: Response | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: about.cause });
    const { problem, response } = about;
    this.code = code;
    this.status = response?.status ?? null;
    this.errors = problem?.errors ?? [];
    const field = problem?.field;
    const choices = problem?.choices;
    this.question = field !== undefined && choices !== undefined ? { field, choices } : null;
    this.retryAfterSeconds = secondsOf(response?.headers.get('retry-after'));
    this.requestId = response?.headers.get('x-request-id') ?? null;
    this.problem = problem ?? null;
  }

  /** Whether it may go well when it is tried again later, unchanged. */
  get passes(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }

  /** Messages by field, as a form needs them: `{ 'birth.date': '...' }`. */
  get fields(): Record<string, string> {
    return Object.fromEntries(
      [...this.errors].reverse().map(({ field, message }) => [field, message]),
    );
  }
}

/** @returns what a call throws for this answer, or for none; an abort stays what it is */
export function errorFor(thrown: unknown, response: Response | undefined): unknown {
  if (thrown instanceof AlmanacError || isAbort(thrown)) return thrown;
  if (isProblem(thrown)) {
    return new AlmanacError(thrown.code, thrown.detail, { problem: thrown, response });
  }
  if (response === undefined) {
    const message =
      'The API cannot be reached. Check the connection, the address and CORS_ORIGINS.';
    return new AlmanacError('unreachable', message, { cause: thrown });
  }
  const message = `The API did not answer this itself (HTTP ${response.status}). Try again later.`;
  return new AlmanacError('unexpected_answer', message, { response, cause: thrown });
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  return 'code' in value && 'detail' in value && typeof value.code === 'string';
}

function secondsOf(header: string | null | undefined): number | null {
  const seconds = Number(header || Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
