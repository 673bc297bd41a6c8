/** A typed view of one collection of documents. */
import type { Conditions, Driver, Scalar, Shape, Update } from './documents.ts';

/** Names of the fields that can be filtered on and sorted by. */
export type ScalarField<T> = {
  [F in keyof T]-?: Exclude<T[F], undefined> extends Scalar ? F : never;
}[keyof T] &
  string;

type Range<V> = { readonly lt?: V; readonly lte?: V; readonly gt?: V; readonly gte?: V };
/** All conditions must hold. Null matches only null; a range never matches null. */
export type Where<T> = {
  readonly [F in ScalarField<T>]?: T[F] | { readonly in: readonly T[F][] } | Range<T[F]>;
};
type NumberField<T> = { [F in keyof T]-?: T[F] extends number ? F : never }[keyof T];

export interface Change<T> {
  /** an undefined field is left unchanged */
  readonly set?: Partial<T>;
  /** whole numbers */
  readonly inc?: { readonly [F in NumberField<T>]?: number };
}

export interface Collection<T extends object> {
  readonly shape: Shape;
  /** First writer wins. @returns false if a document with the same key already exists */
  insert(document: T, also?: readonly Update[]): Promise<boolean>;
  findOne(where: Where<T>): Promise<T | null>;
  /** @param sort ascending */
  find(where: Where<T>, sort: readonly ScalarField<T>[], limit?: number): Promise<T[]>;
  /**
   * Streams all that match, slice by slice. A change made meanwhile is seen if it is in a later slice.
   * @param sort ascending, by a key that no two documents share
   */
  each(where: Where<T>, sort: readonly ScalarField<T>[], how?: Listing): AsyncIterable<T>;
  /** Reads only one field, because documents may be large. */
  pick<F extends ScalarField<T>>(field: F, where: Where<T>, sort: readonly F[]): Promise<T[F][]>;
  /** Atomic. @returns the document after the change, or null when none matched */
  update(
    where: Where<T>,
    change: Change<T>,
    also?: readonly Update[],
    how?: Pick<Update, 'withNext'>,
  ): Promise<T | null>;
  /** Removes all that match, in slices that keep the event loop free. @returns how many */
  remove(where: Where<T>): Promise<number>;
  /** An update to make together with another collection's write. @param also updates that belong to it */
  updateLater(where: Where<T>, change: Change<T>, also?: readonly Update[]): Update;
}

export interface Listing {
  /** documents in total; all if left out */
  most?: number;
  /** documents in memory at once */
  slice?: number;
}

const SLICE = 100;
/** A section of the horoscope is about 40 KB. */
const REMOVE_SLICE = 20;

/** @param shape `key` and `indexes` must name fields of T: see create-store.ts */
export function collectionOf<T extends object>(driver: Driver, shape: Shape): Collection<T> {
  type Sort = readonly ScalarField<T>[];
  const updateLater = (where: Where<T>, change: Change<T>, also?: readonly Update[]): Update => ({
    shape,
    where: untyped(where),
    set: given(change.set ?? {}),
    inc: given<number>(change.inc ?? {}),
    ...(also && { also }),
  });
  async function find(where: Where<T>, sort: Sort, limit?: number, last?: T): Promise<T[]> {
    const after = last && sort.map((field) => last[field] as Scalar);
    return (await driver.find(shape, { where: untyped(where), sort, limit, after })) as T[];
  }
  // Documents went in as T through `insert` and `update`, so the casts are safe.
  return {
    shape,
    insert: (document, also) => driver.insert(shape, document, also),
    async findOne(where) {
      const [found] = await driver.find(shape, { where: untyped(where), sort: [], limit: 1 });
      return (found ?? null) as T | null;
    },
    find,
    async *each(where, sort, { most = Number.POSITIVE_INFINITY, slice = SLICE } = {}) {
      let last: T | undefined;
      for (let left = most; left > 0; left -= slice) {
        const size = Math.min(left, slice);
        const found = await find(where, sort, size, last);
        yield* found;
        if (found.length < size) return;
        last = found.at(-1);
      }
    },
    async pick(field, where, sort) {
      const found = await driver.find(shape, { where: untyped(where), sort, only: field });
      return (found as T[]).map((each) => each[field]);
    },
    async update(where, change, also, how) {
      return (await driver.update({ ...updateLater(where, change, also), ...how })) as T | null;
    },
    async remove(where) {
      let removed = 0;
      for (;;) {
        const slice = await driver.remove(shape, untyped(where), REMOVE_SLICE);
        removed += slice;
        if (slice < REMOVE_SLICE) return removed;
      }
    },
    updateLater,
  };
}

function untyped<T>(where: Where<T>): Conditions {
  return where as Conditions;
}

function given<V = unknown>(fields: object): Record<string, V> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
