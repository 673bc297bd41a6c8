/** The store's driver for SQLite: one file, one connection per process, several processes on one host. */
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivateFile, makePrivateFolder, narrow } from '../../disk/private.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { Log } from '../../telemetry/log.ts';
import { type Driver, keyOf, type Update } from '../documents.ts';
import { createGroupCommit } from './group-commit.ts';
import { BLOCKING_WAIT_MS, whenFree } from './lock.ts';
import { createTable, findSql, insertSql, removeSql, type Sql, updateSql } from './sql.ts';

const CUT_LOG: Sql = { text: 'PRAGMA wal_checkpoint(TRUNCATE)', values: [] };
const SCRUB_TRIES = 100;
const SCRUB_PAUSE_MS = 20;

/** @param options.path the database file; it and its folder are created, for their owner alone */
export async function openSqlite(options: { path: string; log?: Log }): Promise<Driver> {
  makeFiles(options.path);
  const { database, statements } = await whenFree(() => connect(options.path), options.log);

  const run = (sql: Sql): unknown[] => {
    let statement = statements.get(sql.text);
    if (!statement) {
      statement = database.prepare(sql.text);
      statements.set(sql.text, statement);
    }
    // Not get(): it stops at the first row and hides a commit that fails after it.
    return statement.all(...sql.values);
  };
  /** @returns the row after the change, not parsed: most rows of `also` updates are never looked at */
  const update = (change: Update): unknown => {
    const [row] = run(updateSql(change));
    if (row !== undefined) change.also?.forEach(update);
    return row;
  };

  const { commit, drained } = createGroupCommit(database, options.log);

  return {
    insert(shape, document, also = []) {
      const { text, values } = insertSql(shape, keyOf(shape, document), document);
      const sql = { text: `${text} RETURNING key`, values };
      return commit(() => {
        const inserted = run(sql).length > 0;
        if (inserted) also.forEach(update);
        return inserted;
      });
    },
    async update(change) {
      const row = await commit(() => update(change), change.withNext);
      return row === undefined ? null : parse(row, 'doc');
    },
    // a commit is all or nothing
    finish: async () => 0,
    find: (shape, find) =>
      whenFree(() => {
        const rows = run(findSql(shape, find));
        if (find.only === undefined) return rows.map((row) => parse(row, 'found'));
        const { only } = find;
        return rows.map((row) => ({ [only]: Reflect.get(Object(row), 'found') }));
      }, options.log),
    remove: (shape, where, limit) => commit(() => run(removeSql(shape, where, limit)).length),
    async scrub() {
      // until it is truncated, the log holds older versions of the pages; others may be reading it
      for (let tries = 0; tries < SCRUB_TRIES; tries += 1) {
        const [row] = await whenFree(() => run(CUT_LOG), options.log);
        if (Number(Reflect.get(Object(row), 'busy')) === 0) return;
        await sleep(SCRUB_PAUSE_MS);
      }
      options.log?.warn('the write-ahead log is in use: later writes remove erased data from it');
    },
    async migrate(shapes) {
      for (const statement of shapes.flatMap(createTable)) {
        await whenFree(() => database.exec(statement), options.log);
      }
    },
    async ping() {
      await whenFree(() => database.exec('SELECT 1'), options.log);
    },
    async close() {
      await drained();
      statements.clear();
      if (database.isOpen) database.close();
    },
  };
}

/** SQLite gives its log and index files the mode of the database file; older ones may be wider. */
function makeFiles(path: string): void {
  const folder = dirname(path);
  try {
    makePrivateFolder(folder);
  } catch (cause) {
    const message = `cannot create the folder ${folder} for the SQLite file`;
    throw new AlmanacError('store_unavailable', message, { cause });
  }
  try {
    makePrivateFile(path);
  } catch {
    // SQLite cannot open it either, and says why
  }
  for (const part of ['-wal', '-shm']) narrow(`${path}${part}`, 0o600);
}

function connect(path: string): { database: DatabaseSync; statements: Map<string, StatementSync> } {
  const database = new DatabaseSync(path, { timeout: BLOCKING_WAIT_MS });
  try {
    // FULL: a commit is on the disk when it is acknowledged
    // secure_delete: what was erased leaves no bytes in the file
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON',
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return { database, statements: new Map() };
}

function parse(row: unknown, field: string): object {
  return JSON.parse(String(Reflect.get(Object(row), field)));
}
