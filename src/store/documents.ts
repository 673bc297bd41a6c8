/**
 * What a database must do for the store: keep JSON documents under a unique key, find them by
 * simple conditions, and change one of them atomically. What the documents mean is defined once,
 * above this contract; a driver only translates.
 */

/** Only fields with these values can be filtered on and sorted by. */
export type Scalar = string | number | boolean | null;

/** Null also matches a missing field. A range never matches null. */
export type Condition =
  | Scalar
  | { readonly in: readonly Scalar[] }
  | { readonly lt?: Scalar; readonly lte?: Scalar; readonly gt?: Scalar; readonly gte?: Scalar };

/** All must hold. */
export type Conditions = Readonly<Record<string, Condition>>;

/** A collection's unique key, and what else it is looked up by. */
export interface Shape {
  readonly name: string;
  readonly key: readonly string[];
  readonly indexes: readonly (readonly string[])[];
}

/** Changes the one document that matches, in one atomic step. */
export interface Update {
  readonly shape: Shape;
  readonly where: Conditions;
  /** fields that get this value; JSON */
  readonly set: Readonly<Record<string, unknown>>;
  /** fields that grow by this whole number */
  readonly inc: Readonly<Record<string, number>>;
  /** updates that belong to it, made only if it took effect */
  readonly also?: readonly Update[];
  /**
   * It need not be on the disk before the next write of this process is: a crash that loses it loses that one too.
   * Saves a wait for the disk where such a write always follows before anything outside is told.
   */
  readonly withNext?: boolean;
}

export interface Find {
  readonly where: Conditions;
  /** ascending */
  readonly sort: readonly string[];
  readonly limit?: number;
  /** values of the sort fields: continue after the document that has these */
  readonly after?: readonly Scalar[];
  /** read only this field of the documents */
  readonly only?: string;
}

/**
 * A database. Every method rejects with TransientFault `store_unavailable` when it does not answer.
 * A resolved write is durable, unless it said `withNext`.
 *
 * `also` are updates that belong to a write. They are made once, and only if it took effect: in the same
 * transaction if the database has them, otherwise right after the write. If a crash comes between, the
 * next `finish` makes them, so nothing that is needed at once may depend on them.
 */
export interface Driver {
  /** @returns false if a document with that key already exists: it is left unchanged */
  insert(shape: Shape, document: object, also?: readonly Update[]): Promise<boolean>;
  /** @returns the document after the update, or null when none matched */
  update(update: Update): Promise<object | null>;
  find(shape: Shape, find: Find): Promise<object[]>;
  /** Removes up to `limit` documents that match. @returns how many */
  remove(shape: Shape, where: Conditions, limit: number): Promise<number>;
  /** Makes what belongs to writes that were cut off before this time. @returns for how many */
  finish(shapes: readonly Shape[], before: Date): Promise<number>;
  /** Clears the bytes of what was removed or overwritten, as far as the database lets us. */
  scrub(): Promise<void>;
  /** Creates missing collections and indexes. Many processes may run it at once. */
  migrate(shapes: readonly Shape[]): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @returns the unique key of a document as one string */
export function keyOf(shape: Shape, document: object): string {
  return shape.key.map((field) => String(Reflect.get(document, field))).join('/');
}

/**
 * Splits conditions into the unique key, where they name all of it, and the rest.
 * @throws TypeError for an undefined condition: left out, it would match every document
 */
export function splitKey(
  shape: Shape,
  where: Conditions,
): { key: string | null; rest: [string, Condition][] } {
  const conditions = Object.entries(where);
  const undefinedField = conditions.find(([, condition]) => condition === undefined)?.[0];
  if (undefinedField)
    throw new TypeError(`${shape.name}: condition ${undefinedField} is undefined`);
  if (!shape.key.every((field) => isScalar(where[field]))) return { key: null, rest: conditions };
  return {
    key: keyOf(shape, where),
    rest: conditions.filter(([field]) => !shape.key.includes(field)),
  };
}

export function isScalar(condition: Condition | undefined): condition is Scalar {
  return condition === null || (condition !== undefined && typeof condition !== 'object');
}
