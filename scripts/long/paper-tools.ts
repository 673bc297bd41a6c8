/**
 * Fetches the checkers of PDFs, in fixed versions, into the user's cache. None of them is needed to run or sell Almanac.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'almanac-papers-1');
const PACKAGES = [
  'pikepdf==10.18.0',
  'pymupdf==2.0',
  'outloud==0.2.1',
  'page-validation==0.11.0',
  'Faker==40.63.0',
];

/** @returns the Python that has the packages; null when there is none, or PyPI cannot be reached */
export function fetchPython(): string | null {
  const python = join(CACHE, 'venv/bin/python');
  const made = existsSync(python) || runs('python3', ['-m', 'venv', join(CACHE, 'venv')]);
  if (!made) return null;
  const has = runs(python, ['-c', 'import pikepdf, pymupdf, outloud, page, faker']);
  if (has) return python;
  return runs(python, ['-m', 'pip', 'install', '--quiet', ...PACKAGES]) ? python : null;
}

/** @returns the class path of veraPDF's library; null without Java, or when Maven Central cannot be reached */
export function fetchVeraPdf(): string | null {
  const list = join(CACHE, 'verapdf.txt');
  mkdirSync(CACHE, { recursive: true });
  const fetched =
    runs('java', ['-version']) &&
    (existsSync(list) ||
      runs('mvn', [
        '--quiet',
        '--file',
        'scripts/long/verapdf/pom.xml',
        'dependency:build-classpath',
        `-Dmdep.outputFile=${list}`,
      ]));
  return fetched ? readFileSync(list, 'utf8').trim() : null;
}

function runs(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
