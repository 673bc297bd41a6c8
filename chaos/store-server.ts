/** The house's store: a SQLite file, or a MongoDB server behind a line that can be cut. */
import { exec } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Store } from '../src/domain/ports/store.ts';
import { startMongoServer } from '../test/store/mongo-server.ts';
import { layLine } from './line.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { watchDatabase } from './watch-database.ts';
import { watchStore } from './watch-store.ts';
import type { Witnessed } from './witnessed.ts';

export interface StoreServer {
  /** names the store of a run */
  name: string;
  databaseUrl: string;
  /** Locks, cuts off or kills the store, and brings it back. */
  away(ms: number): Promise<void>;
  /** Watches writes from now on. @returns stops watching, and returns what was seen */
  watch(store: Store): () => Promise<Witnessed>;
  close(): Promise<void>;
}

export async function startStoreServer(
  kind: 'sqlite' | 'mongo',
  folder: string,
): Promise<StoreServer> {
  return kind === 'sqlite' ? sqliteServer(join(folder, 'almanac.db')) : mongoServer();
}

function sqliteServer(file: string): StoreServer {
  return {
    name: 'SQLite',
    databaseUrl: `sqlite:${file}`,
    watch: () => watchDatabase(file),
    async away(ms) {
      const database = new DatabaseSync(file, { timeout: 2_000 });
      try {
        database.exec('BEGIN IMMEDIATE');
        await sleep(ms);
        database.exec('ROLLBACK');
      } catch {
        // the product's own writers held the lock
      } finally {
        database.close();
      }
    },
    close: async () => {},
  };
}

/**
 * TEST_MONGODB_URL names a real server, and CHAOS_MONGODB_RESTART the shell command that kills and
 * restarts it. Without TEST_MONGODB_URL it is a stand-in in memory, which can only be cut off.
 */
async function mongoServer(): Promise<StoreServer> {
  const server = await startMongoServer();
  const url = new URL(server.url);
  const real = Boolean(process.env.TEST_MONGODB_URL);
  const target = { host: url.hostname, port: Number(url.port || 27_017) };
  const line = await layLine(target, real ? undefined : oneAtATime());
  url.host = `127.0.0.1:${line.port}`;
  url.searchParams.set('directConnection', 'true');
  url.searchParams.set('serverMonitoringMode', 'poll');
  const restart = real ? process.env.CHAOS_MONGODB_RESTART : undefined;
  return {
    name: server.name,
    databaseUrl: url.href,
    watch: watchStore,
    async away(ms) {
      if (restart) return void (await promisify(exec)(restart));
      line.cut();
      await sleep(ms);
      line.mend();
    },
    async close() {
      line.close();
      await server.stop();
    },
  };
}
