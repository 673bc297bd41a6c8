/** Writes that arrive together are made durable together: one commit, one wait for the disk. */
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../telemetry/log.ts';
import { whenFree } from './lock.ts';

/** Writes in one commit: a section is about 40 KB, and the event loop waits for all of them. */
const MOST = 32;

interface Write {
  /** need not be on the disk before the next write is */
  withNext: boolean;
  /** makes the write, inside the transaction; keeps its result */
  work(): void;
  done(): void;
  failed(error: unknown): void;
}

export interface GroupCommit {
  /**
   * Runs `work` in a transaction, all of it or nothing; resolves when it is durable.
   * A write that throws does not affect the others in its group.
   * @param withNext it resolves before it is durable, and becomes so with the next write that is
   */
  commit<T>(work: () => T, withNext?: boolean): Promise<T>;
  /** Resolves when nothing is waiting. */
  drained(): Promise<void>;
}

export function createGroupCommit(database: DatabaseSync, log?: Log): GroupCommit {
  const waiting: Write[] = [];
  let flushing: Promise<void> | null = null;

  function together(group: readonly Write[], onBegun: () => void): void {
    // the log is one file, in order: a later commit that waits for the disk makes this one durable as well
    if (group.every(({ withNext }) => withNext)) {
      database.exec('PRAGMA synchronous = NORMAL');
      try {
        transact(group, onBegun);
      } finally {
        database.exec('PRAGMA synchronous = FULL');
      }
    } else transact(group, onBegun);
  }

  function transact(group: readonly Write[], onBegun: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    onBegun();
    try {
      for (const { work } of group) work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  async function commitGroup(group: readonly Write[]): Promise<void> {
    let begun = false;
    const onBegun = (): void => {
      begun = true;
    };
    try {
      await whenFree(() => together(group, onBegun), log);
      for (const { done } of group) done();
    } catch (error) {
      if (begun && group.length > 1) {
        // one write is at fault: running each alone finds out which
        for (const write of group) await commitGroup([write]);
        return;
      }
      for (const { failed } of group) failed(error); // the lock was never free: each alone would wait as long
    }
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn(); // other writes of this turn of the event loop join the group
      await commitGroup(waiting.splice(0, MOST));
    }
    flushing = null;
  }

  return {
    commit: (work, withNext = false) =>
      new Promise((resolve, reject) => {
        let settle = (): void => {};
        waiting.push({
          withNext,
          work() {
            const result = work();
            settle = () => resolve(result);
          },
          done: () => settle(),
          failed: reject,
        });
        flushing ??= flush();
      }),
    drained: async () => {
      await flushing;
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
