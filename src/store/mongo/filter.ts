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

/** @param after values of the `sort` fields: only documents after these */
export function filterOf(
  shape: Shape,
  where: Conditions,
  sort: readonly string[] = [],
  after?: readonly Scalar[],
): Filter<{ _id: string }> {
  const { key, rest } = splitKey(shape, where);
  return {
    ...(key !== null && { _id: key }),
    ...Object.fromEntries(rest.map(([field, condition]) => [field, operatorsOf(condition)])),
    ...(after && { $or: afterOf(sort, after) }),
  };
}

/** After (a, b) is: a greater, or a equal and b greater. */
function afterOf(sort: readonly string[], after: readonly Scalar[]): object[] {
  return sort.map((field, position) => ({
    ...Object.fromEntries(sort.slice(0, position).map((each, index) => [each, after[index]])),
    [field]: { $gt: after[position] },
  }));
}

function operatorsOf(condition: Condition): unknown {
  if (isScalar(condition)) return condition;
  return Object.fromEntries(Object.entries(condition).map(([name, value]) => [`$${name}`, value]));
}
