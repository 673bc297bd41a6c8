/** `npm run almanac -- <command>`: finds the command's file and passes on the arguments. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { AlmanacError, NeedsOperator, TransientFault } from '../src/domain/errors.ts';

/** What a file under `commands/` exports. */
interface Command {
  /** one line for the list of commands */
  summary: string;
  /** @returns the exit code */
  run(args: string[]): Promise<number>;
}

const FOLDER = new URL('./commands/', import.meta.url);

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));
  if (name !== undefined && names.includes(name)) {
    const command = await load(name);
    if (command === null) {
      console.error(`${name} needs the development packages: run it in a checkout, after npm ci`);
      return 2;
    }
    return command.run(args);
  }
  const asked = name === undefined || name === 'help' || name === '--help';
  const print = asked ? console.log : console.error;
  if (!asked) print(`There is no command ${name}. The commands are:`);
  else print('npm run almanac -- <command> [options]\n');
  for (const each of names) {
    const command = await load(each);
    if (command !== null) print(`  ${each.padEnd(12)} ${command.summary}`);
  }
  return asked ? 0 : 2;
}

/** @returns null if the command needs packages that are not installed: images hold only those of production */
async function load(name: string): Promise<Command | null> {
  try {
    return await import(new URL(`${name}.ts`, FOLDER).href);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code;
    if (missing === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

try {
  // exits at once: an interrupted command may have left a request or a stream half-finished
  process.exit(await main());
} catch (error) {
  // what the user can fix gets one line; only our own bugs get a stack
  const expected = error instanceof AlmanacError || isUsageError(error);
  console.error(expected && error instanceof Error ? error.message : error);
  process.exitCode = expected && !isOurs(error) ? 2 : 1;
}

function isUsageError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}

/** The fault is not in what was typed. */
function isOurs(error: unknown): boolean {
  const away = error instanceof TransientFault || error instanceof NeedsOperator;
  return away || (error instanceof AlmanacError && error.code === 'config');
}
