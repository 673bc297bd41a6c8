/** Errors with a stable code. They become HTTP statuses and job outcomes elsewhere, in one place each. */
import { believedWait } from './retry-after.ts';

export interface FieldIssue {
  /** path of the field as the caller wrote it: `birth.time` */
  field: string;
  /** what is wrong and what is allowed, with an example */
  message: string;
}

export class AlmanacError extends Error {
  readonly code: string;
  readonly issues: FieldIssue[];

  constructor(
    code: string,
    message: string,
    options: { issues?: FieldIssue[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AlmanacError';
    this.code = code;
    this.issues = options.issues ?? [];
  }
}

/** The request cannot be met as it is; `issues` name the fields and the fix. */
export class InvalidInput extends AlmanacError {
  constructor(issues: FieldIssue[]) {
    super('invalid_input', issues.map((issue) => `${issue.field}: ${issue.message}`).join('; '), {
      issues,
    });
    this.name = 'InvalidInput';
  }
}

/** One answer to a question about a birth. */
export interface BirthChoice {
  /** what the field takes */
  value: string;
  label: string;
  /** the instant of the birth with this answer, ISO 8601 UTC */
  utc: string;
}

/** The birth could have been at more than one instant: the customer is asked, never guessed about. */
export class AmbiguousBirth extends AlmanacError {
  readonly field: string;
  /** what could be meant, without the choices */
  readonly question: string;
  readonly choices: BirthChoice[];

  constructor(field: string, question: string, choices: BirthChoice[]) {
    const listed = choices.map(({ value, label, utc }) => `"${value}" (${label}: ${utc})`);
    const message = `${question}; give ${listed.join(' or ')}`;
    super('ambiguous_birth', `${field}: ${message}`, { issues: [{ field, message }] });
    this.name = 'AmbiguousBirth';
    this.field = field;
    this.question = question;
    this.choices = choices;
  }
}

/** Provider faults that pass by themselves: tried again, then snoozed. */
export class TransientFault extends AlmanacError {
  /** how long the provider asked us to wait, milliseconds; null where it gave no time that we believe */
  readonly retryAfterMs: number | null;

  constructor(
    code: string,
    message: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.name = 'TransientFault';
    this.retryAfterMs = believedWait(options.retryAfterMs);
  }
}

/** A refusal that passes by itself: too early, or too often. */
export class TooSoon extends AlmanacError {
  /** milliseconds until it may be tried again */
  readonly retryAfterMs: number;

  constructor(code: string, message: string, retryAfterMs: number) {
    super(code, message);
    this.name = 'TooSoon';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Needs a person: invalid key, no quota, model gone, spend cap, five crashes on one step. */
export class NeedsOperator extends AlmanacError {
  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(code, message, options);
    this.name = 'NeedsOperator';
  }
}

/** Answers are still missing or bad after every re-ask: burns an attempt. */
export class ContentFault extends AlmanacError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('content', message, options);
    this.name = 'ContentFault';
  }
}

/** Another run holds the fence now: stop at once, quietly, write nothing. */
export class StaleRun extends AlmanacError {
  constructor(reportId: string) {
    super('stale_run', `another run holds report ${reportId}`);
    this.name = 'StaleRun';
  }
}

/** Why a run was told to stop, as its signal's reason. Never the fault of the report. */
export class RunStopped extends AlmanacError {
  constructor(code: 'closing' | 'lock_lost' | 'time_limit', message: string) {
    super(code, message);
    this.name = 'RunStopped';
  }
}
