/** Which store an operator's command works on: this environment's, otherwise the one of `npm run dev`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig, type Role } from '../../src/config.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { type House, openHouse } from '../../src/open-house.ts';

const OF_DEV = join('.data', 'dev', 'almanac.db');

/**
 * Says on stderr which store it is: a command that looks at the wrong one finds nothing to do.
 * @throws AlmanacError `config`, also if there is no such database: an empty new one would hide that
 */
function configOfCommand(role: Role): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const given = process.env;
  const ownStore = given.DATABASE_URL || given.NODE_ENV === 'production' || !existsSync(OF_DEV);
  const config = loadConfig(
    role,
    ownStore ? given : { ...given, DATABASE_URL: `sqlite:${OF_DEV}` },
  );
  const { databaseUrl } = config;
  const file = /^sqlite:(.*)$/.exec(databaseUrl)?.[1];
  if (file !== undefined && !existsSync(file)) {
    const message = `DATABASE_URL: there is no database at ${file}. Name the one that the service uses.`;
    throw new AlmanacError('config', message);
  }
  console.error(`store: ${databaseUrl.replace(/\/\/[^@/]*@/, '//')}`);
  return config;
}

/**
 * Logs nothing: a command prints only its result. If Redis is away, the sweeper adds the jobs.
 * @throws AlmanacError `config`, `store_unavailable`
 */
export function openHouseOfCommand(role: Role): Promise<House> {
  return openHouse(configOfCommand(role), { process: 'cli', silent: true });
}
