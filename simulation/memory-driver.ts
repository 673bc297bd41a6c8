/** A database in memory, for any number of simulated processes: each command is a message that may be lost. */
import { TransientFault } from '../src/domain/errors.ts';
import {
  type Condition,
  type Conditions,
  type Driver,
  type Find,
  isScalar,
  keyOf,
  type Scalar,
  type Shape,
  type Update,
} from '../src/store/documents.ts';
import type { Process, World } from './world.ts';

type Document = Record<string, unknown>;

export interface MemoryDatabase {
  /** the database as this process reaches it */
  driverFor(process: Process): Driver;
  all(name: string): Document[];
}

export interface MemoryOptions {
  world: World;
  /** share of the commands that are lost on the way there or back; asked again each time */
  loss(): number;
  /** a process is about to write */
  beforeWrite(name: string, process: Process): void;
  /** sees every write as it takes effect; `before` null: an insert */
  onWrite(name: string, before: Document | null, after: Document): void;
  /** a deliberate fault: inserts replace what is stored */
  upserts: (name: string) => boolean;
  /** a deliberate fault: fields of the conditions that updates do not look at */
  blind: (name: string) => readonly string[];
}

export function createMemoryDatabase(options: MemoryOptions): MemoryDatabase {
  const { world, onWrite } = options;
  const collections = new Map<string, Map<string, Document>>();

  function collection(name: string): Map<string, Document> {
    const found = collections.get(name) ?? new Map<string, Document>();
    collections.set(name, found);
    return found;
  }

  function insert(shape: Shape, document: Document): boolean {
    const documents = collection(shape.name);
    const key = keyOf(shape, document);
    const before = documents.get(key) ?? null;
    if (before && !options.upserts(shape.name)) return false;
    documents.set(key, { ...document });
    onWrite(shape.name, before, document);
    return true;
  }

  function update({ shape, where, set, inc, also }: Update): Document | null {
    const conditions = without(where, options.blind(shape.name));
    for (const [key, before] of candidates(shape, conditions)) {
      const after: Document = { ...before, ...set };
      for (const [field, by] of Object.entries(inc)) after[field] = Number(before[field] ?? 0) + by;
      collection(shape.name).set(key, after);
      onWrite(shape.name, before, after);
      also?.forEach(update);
      return { ...after };
    }
    return null;
  }

  function* candidates(shape: Shape, where: Conditions): Generator<[string, Document]> {
    const documents = collection(shape.name);
    if (shape.key.every((field) => isScalar(where[field]))) {
      const key = keyOf(shape, where);
      const found = documents.get(key);
      if (found && holds(found, Object.entries(where))) yield [key, found];
      return;
    }
    const conditions = Object.entries(where);
    for (const [key, document] of documents) if (holds(document, conditions)) yield [key, document];
  }

  function find(shape: Shape, { where, sort, limit, after }: Find): Document[] {
    const found: Document[] = [];
    for (const [, document] of candidates(shape, where)) {
      if (!after || compare(valuesOf(document, sort), after) > 0) found.push(document);
    }
    if (sort.length > 0 && found.length > 1) {
      found.sort((a, b) => compare(valuesOf(a, sort), valuesOf(b, sort)));
    }
    return found.slice(0, limit).map((document) => ({ ...document }));
  }

  return {
    all: (name) => [...collection(name).values()],
    driverFor(process) {
      async function command<T>(what: string, work: () => T): Promise<T> {
        await world.turn(process, what);
        if (world.chance(options.loss())) throw away();
        const result = work();
        if (world.chance(options.loss())) throw away();
        return result;
      }
      return {
        insert(shape, document, also = []) {
          options.beforeWrite(shape.name, process);
          return command(`insert ${shape.name}`, () => {
            const inserted = insert(shape, { ...document });
            if (inserted) also.forEach(update);
            return inserted;
          });
        },
        update(change) {
          options.beforeWrite(change.shape.name, process);
          return command(`update ${change.shape.name}`, () => update(change));
        },
        finish: async () => 0, // a command takes effect as a whole or not at all
        find: (shape, wish) => command(`find ${shape.name}`, () => find(shape, wish)),
        remove: (shape, where, limit) =>
          command(`remove ${shape.name}`, () => {
            const found = [...candidates(shape, where)].slice(0, limit);
            for (const [key] of found) collection(shape.name).delete(key);
            return found.length;
          }),
        async scrub() {},
        migrate: async () => {},
        ping: async () => {},
        close: async () => {},
      };
    },
  };
}

function away(): TransientFault {
  return new TransientFault('store_unavailable', 'the store does not answer');
}

function without(where: Conditions, blind: readonly string[]): Conditions {
  if (blind.length === 0) return where;
  return Object.fromEntries(Object.entries(where).filter(([field]) => !blind.includes(field)));
}

function holds(document: Document, conditions: readonly [string, Condition][]): boolean {
  for (const [field, condition] of conditions) {
    if (!meets((document[field] ?? null) as Scalar, condition)) return false;
  }
  return true;
}

function meets(value: Scalar, condition: Condition): boolean {
  if (isScalar(condition)) return value === condition;
  if ('in' in condition) return condition.in.includes(value);
  if (value === null) return false;
  const { lt, lte, gt, gte } = condition;
  return (
    (lt === undefined || (lt !== null && value < lt)) &&
    (lte === undefined || (lte !== null && value <= lte)) &&
    (gt === undefined || (gt !== null && value > gt)) &&
    (gte === undefined || (gte !== null && value >= gte))
  );
}

function valuesOf(document: Document, fields: readonly string[]): Scalar[] {
  return fields.map((field) => (document[field] ?? null) as Scalar);
}

function compare(a: readonly Scalar[], b: readonly Scalar[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return -1;
    if (right === null) return 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
