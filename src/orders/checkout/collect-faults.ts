/** Asks every check before it refuses, so that a customer sees all that is wrong at once. */
import { type FieldIssue, InvalidInput } from '../../domain/errors.ts';

/**
 * @returns the issues of all checks that refused
 * @throws what a check threw beside InvalidInput, if nothing else was wrong: a question comes after the faults
 */
export function collectFaults(checks: readonly (() => unknown)[]): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const others: unknown[] = [];
  for (const check of checks) {
    try {
      check();
    } catch (error) {
      if (error instanceof InvalidInput) issues.push(...error.issues);
      else others.push(error);
    }
  }
  if (issues.length === 0 && others.length > 0) throw others[0];
  return issues;
}
