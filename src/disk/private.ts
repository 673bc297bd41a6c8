/**
 * Files and folders that only their owner can read and write, whatever the umask: they hold births, answers and
 * reports. What was there before with a wider mode is narrowed, if it is ours.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  type Stats,
  statSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, relative, resolve } from 'node:path';

const FILE = 0o600;
const FOLDER = 0o700;

/**
 * Creates a folder and those above it, folder by folder: mkdir's own `recursive` never returns below /proc.
 * @param existing `leave` a folder that somebody else named and may share, such as that of `--out`
 * @throws the system's error when a folder cannot be created
 */
export function makePrivateFolder(path: string, existing: 'narrow' | 'leave' = 'narrow'): void {
  const full = resolve(path);
  if (existsSync(full)) {
    if (existing === 'narrow' && !isShared(full)) narrow(full, FOLDER);
    return;
  }
  makePrivateFolder(dirname(full), 'leave');
  try {
    mkdirSync(full, FOLDER);
  } catch (error) {
    if (!existsSync(full)) throw error; // another process was faster
  }
  narrow(full, FOLDER);
}

/**
 * Creates an empty file, unless there is one. Call it before the first byte is written.
 * @throws the system's error when it cannot be created
 */
export function makePrivateFile(path: string): void {
  try {
    // only a new file is opened: closing one that SQLite has open in this process would drop its locks
    closeSync(openSync(path, 'ax', FILE));
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
  narrow(path, FILE);
}

/** Narrows what is there and ours; anything else stays as it is. */
export function narrow(path: string, mode: typeof FILE | typeof FOLDER): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !isOurs(found)) return;
  if (!(mode === FOLDER ? found.isDirectory() : found.isFile())) return; // a device, such as /dev/stdout
  if ((found.mode & 0o777) === mode) return;
  try {
    chmodSync(path, mode);
  } catch {
    // some mounted file systems have no modes: that is no reason to refuse an order
  }
}

function isOurs(found: Stats): boolean {
  return process.getuid === undefined || found.uid === process.getuid();
}

/** Top folders, and those in which a system keeps what belongs to many. */
const OF_THE_SYSTEM = /^\/[^/]*$|^\/(usr|var|etc|home)\/[^/]+$/;

/** A folder that is not Almanac's alone: of the system, for all (sticky), or around the home or working folder. */
function isShared(folder: string): boolean {
  const sticky = ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o1000) !== 0;
  const holds = (inner: string) => !relative(folder, resolve(inner)).startsWith('..');
  return sticky || OF_THE_SYSTEM.test(folder) || [process.cwd(), homedir(), tmpdir()].some(holds);
}
