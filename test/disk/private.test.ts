import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { makePrivateFile, makePrivateFolder } from '../../src/disk/private.ts';
import { createPdfRenderer } from '../../src/pdf/process/renderer.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startHeartbeat } from '../../workers/heartbeat.ts';
import { createScratch } from '../../workers/scratch-file.ts';
import { eventually } from '../eventually.ts';
import { scratchFolder, unhurried } from '../pdf/rendering.ts';
import { smallBook } from '../pdf/sample-documents.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const before = process.umask();
afterEach(() => void process.umask(before));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
/** every file and folder in it, with its mode */
const modesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]));

it.each([0o000, 0o022, 0o277])(
  'keeps the database, its log and its folder for their owner, with umask %o',
  async (umask) => {
    const folder = join(await scratchFolder(), 'data');
    process.umask(umask);
    const store = await openStore(`sqlite:${join(folder, 'almanac.db')}`);
    expect(modeOf(folder)).toBe('700');
    const modes = modesIn(folder);
    expect(Object.keys(modes).toSorted()).toEqual([
      'almanac.db',
      'almanac.db-shm',
      'almanac.db-wal',
    ]);
    expect(new Set(Object.values(modes))).toEqual(new Set(['600']));
    await store.close();
  },
);

it('narrows a database, a log and a folder that everybody could read', async () => {
  const folder = join(await scratchFolder(), 'data');
  const url = `sqlite:${join(folder, 'almanac.db')}`;
  const first = await openStore(url); // still open, as by another process: its log stays there
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  const second = await openStore(url);
  expect(modeOf(folder)).toBe('700');
  expect(new Set(Object.values(modesIn(folder)))).toEqual(new Set(['600']));
  await second.close();
  await first.close();
});

it('keeps the work folder, its PDFs and their notes for their owner, those of an earlier version too', async () => {
  const folder = join(await scratchFolder(), 'work');
  mkdirSync(folder, { mode: 0o755 });
  const report = { id: 'ord_1-blueprint', editions: [{ firstStep: 1 }], fence: 1 } as never;
  process.umask(0o022);
  const scratch = createScratch(folder);
  const file = await scratch.fresh(report);
  await scratch.keep(
    await createPdfRenderer().render(smallBook().document, file, { signal: unhurried() }),
  );
  const stop = startHeartbeat(folder, 1000);
  await eventually(() => expect(existsSync(join(folder, 'alive'))).toBe(true));
  stop();
  expect(modeOf(folder)).toBe('700');
  expect(new Set(Object.values(modesIn(folder)))).toEqual(new Set(['600']));
  chmodSync(file, 0o644);
  expect(modeOf((await scratch.kept(report))?.file ?? '')).toBe('600');
});

it('writes a report for its owner, over one that everybody could read, and leaves a named folder as it is', async () => {
  const folder = await scratchFolder();
  chmodSync(folder, 0o755);
  const out = join(folder, 'mine.pdf');
  writeFileSync(out, 'old', { mode: 0o644 });
  const args = ['report', '--product', 'life-clarity', '--fixture', 'empty', '--out'];
  const run = (file: string) =>
    spawnSync(process.execPath, ['cli/almanac.ts', ...args, file], { cwd: REPOSITORY });
  expect(run(out).status).toBe(0);
  expect(run(join(folder, 'new', 'mine.pdf')).status).toBe(0);
  expect([modeOf(out), modeOf(folder)]).toEqual(['600', '755']);
  expect([modeOf(join(folder, 'new')), modeOf(join(folder, 'new', 'mine.pdf'))]).toEqual([
    '700',
    '600',
  ]);
}, 60_000);

it('never narrows a folder of the system, a sticky one, or one around the working folder', async () => {
  const sticky = join(await scratchFolder(), 'for-all');
  mkdirSync(sticky);
  chmodSync(sticky, 0o1777);
  const shared = [sticky, '/', '/usr', '/var/lib', REPOSITORY, join(REPOSITORY, '..')];
  const modes = shared.map(modeOf);
  for (const folder of shared) makePrivateFolder(folder);
  expect(shared.map(modeOf)).toEqual(modes);
});

it('leaves a device as it is: a full disk is still a full disk', () => {
  const mode = modeOf('/dev/full');
  makePrivateFile('/dev/full');
  expect(modeOf('/dev/full')).toBe(mode);
});
