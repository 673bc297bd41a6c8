/**
 * The updates that belong to a write, in a database without transactions. The write notes them in its own
 * document; they are made right after it, and the note is removed. After a crash, they are made later from
 * the note. Each target marks that its part was made, so that none is made twice.
 */
import { randomUUID } from 'node:crypto';
import type { Db, Filter, UpdateFilter } from 'mongodb';
import type { Shape, Update } from '../documents.ts';
import { filterOf } from './filter.ts';

interface Due {
  /** ISO 8601 */
  at: string;
  updates: readonly Update[];
}

/** Our fields, next to the document's own. */
export interface Kept {
  /** the document's unique key */
  _id: string;
  /** how many notes are in `_due`; indexed if above 0 */
  _open?: number;
  _due?: Record<string, Due>;
  /** parts of other documents' notes that were made here */
  _made?: Record<string, true>;
}

export interface FollowUps {
  /** Makes an update with all that belongs to it. @returns the document after it, or null when none matched */
  update(update: Update): Promise<Kept | null>;
  /** Inserts, with all that belongs to it. @throws MongoServerError when the key is taken */
  insert(shape: Shape, document: Kept, also: readonly Update[]): Promise<void>;
  /** Makes what was noted before this time and is still missing. @returns for how many writes */
  finish(shapes: readonly Shape[], before: Date): Promise<number>;
}

/** Cut-off writes that one call finishes in each collection. */
const MOST = 100;

export function createFollowUps(database: Db): FollowUps {
  const collection = (name: string) => database.collection<Kept>(name);

  /** @param mark field that says that this update was made; null: the caller makes it only once */
  async function apply(update: Update, mark: string | null): Promise<Kept | null> {
    const { shape, where, set, inc, also = [] } = update;
    const note = also.length > 0 ? noteOf(also) : null;
    const change: UpdateFilter<Kept> = {
      $set: { ...set, ...(mark && { [mark]: true }), ...(note && { [note.field]: note.due }) },
      $inc: { ...inc, ...(note && { _open: 1 }) },
    };
    if (Object.keys(change.$set ?? {}).length === 0) delete change.$set;
    if (Object.keys(change.$inc ?? {}).length === 0) delete change.$inc;
    const filter = { ...filterOf(shape, where), ...(mark && { [mark]: { $exists: false } }) };
    const changed = await collection(shape.name).findOneAndUpdate(filter, change, {
      returnDocument: 'after',
    });
    if (changed && note) await makeAll(shape.name, changed._id, note);
    return changed;
  }

  async function makeAll(source: string, _id: string, note: Note): Promise<void> {
    const marked = await make(source, _id, note);
    // only after the note is removed: until then, the marks keep its parts from being made again
    await Promise.all(
      marked.map(({ target, key, mark }) =>
        collection(target).updateOne({ _id: key }, { $unset: { [mark]: '' } }),
      ),
    );
  }

  /** @returns where marks were left */
  async function make(source: string, _id: string, { token, field, due }: Note) {
    const made = await Promise.all(
      due.updates.map(async (each, index) => {
        const counts = Object.keys(each.inc).length > 0 || (each.also ?? []).length > 0;
        const mark = counts ? `_made.${token}-${index}` : null;
        const changed = await apply(each, mark);
        return changed && mark ? [{ target: each.shape.name, key: changed._id, mark }] : [];
      }),
    );
    const noted: Filter<Kept> = { _id, [field]: { $exists: true } };
    await collection(source).updateOne(noted, { $unset: { [field]: '' }, $inc: { _open: -1 } });
    return made.flat();
  }

  return {
    update: (update) => apply(update, null),
    async insert(shape, document, also) {
      const note = also.length > 0 ? noteOf(also) : null;
      const noted = note && { _open: 1, _due: { [note.token]: note.due } };
      await collection(shape.name).insertOne({ ...document, ...noted });
      if (note) await makeAll(shape.name, document._id, note);
    },
    async finish(shapes, before) {
      let finished = 0;
      for (const { name } of shapes) {
        const cut = collection(name).find({ _open: { $gt: 0 } }, { projection: { _due: 1 } });
        for (const { _id, _due = {} } of await cut.limit(MOST).toArray()) {
          for (const [token, due] of Object.entries(_due)) {
            if (due.at >= before.toISOString()) continue;
            // the marks stay: the process that began this may only be suspended, and continue later
            await make(name, _id, { token, field: `_due.${token}`, due });
            finished += 1;
          }
        }
      }
      return finished;
    },
  };
}

interface Note {
  token: string;
  field: string;
  due: Due;
}

function noteOf(also: readonly Update[]): Note {
  const token = randomUUID();
  const due = { at: new Date().toISOString(), updates: also.map(withoutIndexes) };
  return { token, field: `_due.${token}`, due };
}

function withoutIndexes({ shape, also, ...rest }: Update): Update {
  const nested = also && { also: also.map(withoutIndexes) };
  return { ...rest, shape: { ...shape, indexes: [] }, ...nested };
}

export function withoutOurs({ _id, _open, _due, _made, ...document }: Kept): object {
  return document;
}
