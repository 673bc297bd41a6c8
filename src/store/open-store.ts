/** Opens the store that a database URL names. Loads only the driver that it needs. */
import { AlmanacError, TransientFault } from '../domain/errors.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Log } from '../telemetry/log.ts';
import { createStore } from './create-store.ts';
import type { Driver } from './documents.ts';

/**
 * Connects, creates what is missing, and returns a store that is ready for use.
 * @param databaseUrl `mongodb://…`, `mongodb+srv://…` or `sqlite:<path>`, whose folder is created
 * @throws AlmanacError `config` for another URL; `store_unavailable`, as TransientFault if it may pass
 */
export async function openStore(databaseUrl: string, options: { log?: Log } = {}): Promise<Store> {
  try {
    const driver = await openDriver(databaseUrl, options.log);
    const store = createStore(driver);
    try {
      await store.migrate();
    } catch (error) {
      await driver.close();
      throw error;
    }
    return store;
  } catch (cause) {
    throw notOpened(databaseUrl, cause);
  }
}

/** Names the variable and the place, never the password that an address may hold. */
function notOpened(databaseUrl: string, cause: unknown): AlmanacError {
  if (cause instanceof AlmanacError && cause.code === 'config') return cause;
  const place = databaseUrl
    .replace(/^sqlite:/, '')
    .replace(/^(mongodb[^/]*:\/\/)(?:.*@)?([^/?]*).*/, '$2');
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `DATABASE_URL: cannot open the store at ${place}: ${reason}`;
  const kind = cause instanceof TransientFault ? TransientFault : AlmanacError;
  return new kind('store_unavailable', message, { cause });
}

async function openDriver(databaseUrl: string, log: Log | undefined): Promise<Driver> {
  if (/^mongodb(\+srv)?:\/\//.test(databaseUrl)) {
    const { openMongo } = await import('./mongo/driver.ts');
    return openMongo({ url: databaseUrl });
  }
  const path = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  if (path !== undefined) {
    const { openSqlite } = await import('./sqlite/driver.ts');
    return openSqlite({ path, log });
  }
  throw new AlmanacError(
    'config',
    'DATABASE_URL: must be mongodb://…, mongodb+srv://… or sqlite:./.data/almanac.db',
  );
}
