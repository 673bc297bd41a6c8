/** One class for everything that can go wrong, told apart by `code`. */
import type { ErrorCode, FieldIssue, Problem } from './generated/types.gen.ts';
/**
 * The API's own codes, and two for what is not the API's: `unreachable` (no answer came) and
 * `unexpected_answer` (something between here and the API answered, such as a proxy).
 */
export type AlmanacErrorCode = ErrorCode | 'unreachable' | 'unexpected_answer';
export declare class AlmanacError extends Error {
    readonly name = "AlmanacError";
    /** stable */
    readonly code: AlmanacErrorCode;
    /** HTTP; null when no answer came */
    readonly status: number | null;
    /** of bad input: each field that is wrong, with what is allowed */
    readonly errors: readonly FieldIssue[];
    /** how long the API asks us to wait; null: it does not say */
    readonly retryAfterSeconds: number | null;
    /** names the request in the API's log; null when no answer came */
    readonly requestId: string | null;
    /** the answer's body as it came; null when it was none of the API's */
    readonly problem: Problem | null;
    constructor(code: AlmanacErrorCode, message: string, about?: {
        problem?: Problem;
        response?: Response | undefined;
        cause?: unknown;
    });
    /** Whether it may go well when it is tried again later, unchanged. */
    get passes(): boolean;
    /** Messages by field, as a form needs them: `{ 'birth.date': '...' }`. */
    get fields(): Record<string, string>;
}
/** @returns what a call throws for this answer, or for none; an abort stays what it is */
export declare function errorFor(thrown: unknown, response: Response | undefined): unknown;
export declare function isAbort(thrown: unknown): boolean;
