/** Names each field that zod refuses as the caller wrote it, with the fix. */
import type { z } from 'zod';
import type { FieldIssue } from '../domain/errors.ts';

/** @param whole the field's name if the whole part is at fault */
export function issuesOf(error: z.ZodError, whole: string): FieldIssue[] {
  return error.issues.flatMap((each) => describe(each, whole)).filter(isFirstOfItsKind);
}

/** A field may break several rules that share one message. */
function isFirstOfItsKind({ field, message }: FieldIssue, at: number, all: FieldIssue[]): boolean {
  return all.findIndex((other) => other.field === field && other.message === message) === at;
}

function describe(issue: z.core.$ZodIssue, whole: string): FieldIssue[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      message: 'is not a field of this request; leave it out',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // the alternative with the fewest faults is the one that was meant
    const [nearest = []] = issue.errors.toSorted((a, b) => faultsOf(a) - faultsOf(b));
    // not even an object: the union's own message lists the alternatives
    if (nearest.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type')) {
      return [{ field: path.join('.') || whole, message: issue.message }];
    }
    return nearest.flatMap((inner) =>
      describe({ ...inner, path: [...issue.path, ...inner.path] }, whole),
    );
  }
  return [{ field: path.join('.') || whole, message: issue.message }];
}

function faultsOf(issues: readonly z.core.$ZodIssue[]): number {
  const counts = issues.map((each) => (each.code === 'unrecognized_keys' ? each.keys.length : 1));
  return counts.reduce((sum, count) => sum + count, 0);
}
