/** The store's driver for MongoDB. Needs no replica set and no transaction. */
import { MongoClient, MongoServerError } from 'mongodb';
import { TRIES } from '../../domain/patience.ts';
import { type Driver, keyOf } from '../documents.ts';
import { explain, lostItsPlace } from './explain.ts';
import { filterOf } from './filter.ts';
import { createFollowUps, type Kept, withoutOurs } from './follow-ups.ts';

/** Milliseconds. Without these, we would wait forever on a connection that was cut silently. */
const LIMITS = {
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 10_000,
  socketTimeoutMS: 30_000,
};
const MAJORITY_MS = 20_000;
const DUPLICATE_KEY = 11_000;

/**
 * Every document's `_id` is its unique key, so uniqueness never waits for an index to be built.
 * @param options.url also names the database; if it does not, `almanac`
 */
export async function openMongo(options: { url: string }): Promise<Driver> {
  const client = new MongoClient(options.url, {
    ...LIMITS,
    // an acknowledged write survives the loss of the primary
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS },
    ignoreUndefined: true, // as JSON does
  });
  await answered(() => client.connect());
  const database = client.db(databaseOf(options.url));

  const followUps = createFollowUps(database);

  return {
    insert: (shape, document, also = []) =>
      answered(async () => {
        try {
          await followUps.insert(shape, { ...document, _id: keyOf(shape, document) }, also);
        } catch (error) {
          if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
          throw error;
        }
        return true;
      }),
    update: (change) =>
      answered(async () => {
        const changed = await followUps.update(change);
        return changed && withoutOurs(changed);
      }),
    find: (shape, { where, sort, limit, after, only }) =>
      answered(async () => {
        const listing = () =>
          database
            .collection<Kept>(shape.name)
            .find(filterOf(shape, where, sort, after), {
              projection: only === undefined ? undefined : { _id: 0, [only]: 1 },
              sort: sort.map((field): [string, 1] => [field, 1]),
              limit,
            })
            .toArray();
        return (await readAgain(listing)).map(withoutOurs);
      }),
    remove: (shape, where, limit) =>
      answered(async () => {
        const collection = database.collection<Kept>(shape.name);
        const some = () =>
          collection.find(filterOf(shape, where), { projection: { _id: 1 }, limit }).toArray();
        const keys = (await readAgain(some)).map(({ _id }) => _id);
        if (keys.length === 0) return 0;
        return (await collection.deleteMany({ _id: { $in: keys } })).deletedCount;
      }),
    // MongoDB's own compaction does that; backups and the oplog keep data for their own time
    async scrub() {},
    migrate: (shapes) =>
      answered(async () => {
        for (const { name, indexes } of shapes) {
          const specifications = indexes.map((fields) => ({
            key: new Map(fields.map((field) => [field, 1 as const])),
          }));
          const cutOff = { key: { _open: 1 }, partialFilterExpression: { _open: { $gt: 0 } } };
          await database.collection(name).createIndexes([...specifications, cutOff]);
        }
      }),
    finish: (shapes, before) => answered(() => followUps.finish(shapes, before)),
    ping: () =>
      answered(async () => {
        await database.command({ ping: 1 });
      }),
    close: () => client.close(),
  };
}

/** A listing that broke off is read again. A long one is read slice by slice, so only its last slice is. */
async function readAgain<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!lostItsPlace(error) || tries === TRIES.listing) throw error;
    }
  }
}

async function answered<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw explain(error);
  }
}

/** Without this, the driver falls back to a database named `test`, which nobody wants. */
function databaseOf(url: string): string {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? 'almanac';
}
