/** Translates the store's conditions to MongoDB's filters. */
import type { Filter } from 'mongodb';
import {
  type Condition,
  type Conditions,
  isScalar,
  type Scalar,
  type Shape,
  splitKey,
} from '../documents.ts';

/** @param behind values of the `sort` fields: only documents behind these */
export function filterOf(
  shape: Shape,
  where: Conditions,
  sort: readonly string[] = [],
  behind?: readonly Scalar[],
): Filter<{ _id: string }> {
  const { key, rest } = splitKey(shape, where);
  return {
    ...(key !== null && { _id: key }),
    ...Object.fromEntries(rest.map(([field, condition]) => [field, operatorsOf(condition)])),
    ...(behind && { $or: behindOf(sort, behind) }),
  };
}

/** Behind (a, b) is: a greater, or a equal and b greater. */
function behindOf(sort: readonly string[], behind: readonly Scalar[]): object[] {
  return sort.map((field, position) => ({
    ...Object.fromEntries(sort.slice(0, position).map((each, index) => [each, behind[index]])),
    [field]: { $gt: behind[position] },
  }));
}

function operatorsOf(condition: Condition): unknown {
  if (isScalar(condition)) return condition;
  return Object.fromEntries(Object.entries(condition).map(([name, value]) => [`$${name}`, value]));
}
