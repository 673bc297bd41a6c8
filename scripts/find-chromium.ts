/** Where a browser is: CHROMIUM, or the first of the usual names on PATH. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** @returns null when there is none */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const all = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return process.env.CHROMIUM || (all.find((path) => existsSync(path)) ?? null);
}
