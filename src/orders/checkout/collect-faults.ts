/** Asks every check before it refuses, so that a customer sees all that is wrong at once. */
import { AlmanacError, type FieldIssue, InvalidInput } from '../../domain/errors.ts';

/**
 * @returns the issues of all checks that refused the input. Another refusal, such as a question, is left to whoever
 *   runs that check for its result: first what is wrong, then what is not clear
 */
export function collectFaults(checks: readonly (() => unknown)[]): FieldIssue[] {
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) return error.issues;
      if (error instanceof AlmanacError) return [];
      throw error;
    }
  });
}

/** Whether none of the checks refuses, for whatever reason. */
export function allPass(checks: readonly (() => unknown)[]): boolean {
  try {
    for (const check of checks) check();
    return true;
  } catch (error) {
    if (error instanceof AlmanacError) return false;
    throw error;
  }
}
