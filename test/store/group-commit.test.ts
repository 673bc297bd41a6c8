import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGroupCommit } from '../../src/store/sqlite/group-commit.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-commit-'));
  path = join(folder, 'commit.db');
  using database = new DatabaseSync(path);
  database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY)');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const outcomes = (writes: Promise<unknown>[]) =>
  Promise.allSettled(writes).then((all) => all.map(({ status }) => status));

test('a faulty write does not fail the others in its group', async () => {
  using database = new DatabaseSync(path);
  const { commit } = createGroupCommit(database);
  const insert = (id: number) => commit(() => database.exec(`INSERT INTO rows VALUES (${id})`));
  expect(await outcomes([1, 1, 2].map(insert))).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a database that takes no writes is waited for once per group, not once per write', async () => {
  using database = new DatabaseSync(path);
  // SQLite's code for a disk failure: it fails at once, and a held lock only after a minute
  const begun = vi.spyOn(database, 'exec').mockImplementation(() => {
    throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
  });
  const { commit } = createGroupCommit(database);
  const writes = [1, 2, 3].map(() => commit(() => {}));
  expect(await outcomes(writes)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(begun).toHaveBeenCalledOnce();
});

test('a write that may become durable with the next does not wait for the disk; any other in its group does', async () => {
  using database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const { commit } = createGroupCommit(database);
  const levels: unknown[] = [];
  const insert = (id: number) => () => {
    const [row] = database.prepare('PRAGMA synchronous').all();
    levels.push(Reflect.get(Object(row), 'synchronous'));
    database.exec(`INSERT INTO rows VALUES (${id})`);
  };
  const [NORMAL, FULL] = [1, 2];
  await commit(insert(1), true);
  await commit(insert(2));
  await Promise.all([commit(insert(3), true), commit(insert(4))]);
  expect(levels).toEqual([NORMAL, FULL, FULL, FULL]);

  // also after one that fails
  await expect(commit(insert(1), true)).rejects.toThrow('UNIQUE');
  await commit(insert(5));
  expect(levels.at(-1)).toBe(FULL);
  expect(database.prepare('SELECT id FROM rows').all()).toHaveLength(5);
});
