import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startApi } from '../http/api-rig.ts';

/** `npm run client` writes both; otherwise they are compared. */
const WRITE = process.env.WRITE_CLIENT === '1';
const DOCUMENT = 'client/openapi.json';
const GENERATED = 'client/src/generated';

test("the client's copy of the document is what the API serves", async () => {
  await using api = await startApi();
  // where one API happens to be is no part of it
  const { servers: _, ...document } = JSON.parse(await (await api.request('/openapi.json')).text());
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (WRITE) await writeFile(DOCUMENT, text);
  expect(text, 'npm run client writes it').toBe(await readFile(DOCUMENT, 'utf8'));
});

test('the client is what the generator makes of the document', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-generated-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of ['openapi.json', 'openapi-ts.config.ts', 'package.json', 'tsconfig.json']) {
    await cp(join('client', file), join(folder, file));
  }
  await symlink(join(process.cwd(), 'client/node_modules'), join(folder, 'node_modules'));
  await promisify(execFile)('node', ['node_modules/@hey-api/openapi-ts/bin/run.js'], {
    cwd: folder,
  });
  const made = join(folder, 'src/generated');
  await withoutAddresses(join(made, 'client/types.gen.ts'));
  if (WRITE) {
    await rm(GENERATED, { recursive: true, force: true });
    await cp(made, GENERATED, { recursive: true });
  }
  expect(await filesIn(made), 'npm run client writes them').toEqual(await filesIn(GENERATED));
}, 60_000);

/** The generator's comments advertise its other packages. The client names no other site. */
async function withoutAddresses(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll(/\{@link https:\S+ (`[^`]+`)\}/g, '$1'));
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const read = files
    .sort()
    .map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')]);
  return Object.fromEntries(await Promise.all(read));
}
