/** The client as others install it: packed, unpacked into an empty folder, beside what it depends on. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEPENDENCIES = ['eventsource', 'eventsource-parser'];

export interface Packed extends AsyncDisposable {
  /** a folder with node_modules */
  folder: string;
  /** paths in the tarball */
  files: string[];
}

export async function packClient(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-client-'));
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: join(ROOT, 'client'),
  });
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
  const listed = await run('tar', ['tzf', tarball]);
  await run('tar', ['xzf', tarball, '-C', folder]);
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  await rename(join(folder, 'package'), join(modules, 'almanac-client'));
  for (const name of DEPENDENCIES) {
    await cp(join(ROOT, 'client/node_modules', name), join(modules, name), { recursive: true });
  }
  return {
    folder,
    files: listed.stdout.trim().split('\n'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
