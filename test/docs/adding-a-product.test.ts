import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/adding-a-product.md', ROOT), 'utf8');
const CATALOGUE = 'src/products/catalogue.ts';

interface Part {
  path: string;
  language: string;
  text: string;
}

/** Each numbered section names a file in its heading, and has the file or a diff of it in one block. */
const parts: Part[] = [...page.matchAll(/^## \d+\. .*`(.+)`\n\n```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, path = '', language = '', text = '']) => ({ path, language, text }),
);

/** A copy of the house, with the page's files added. */
function house(): string {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-product-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of ['src', 'workers', 'cli', 'sandbox', 'package.json']) {
    cpSync(new URL(path, ROOT), join(folder, path), { recursive: true });
  }
  symlinkSync(new URL('node_modules', ROOT).pathname, join(folder, 'node_modules'));
  for (const { path, language, text } of parts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (language === 'diff') change(join(folder, path), text);
    else writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Like `patch`: inserts added lines after the line above them, and deletes removed lines. */
function change(file: string, diff: string): void {
  let text = readFileSync(file, 'utf8');
  let before = '';
  for (const line of diff.trimEnd().split('\n')) {
    const content = line.slice(1);
    if (!line.startsWith('+')) expect(text, `${file} has the line`).toContain(`${content}\n`);
    else text = text.replace(`${before}\n`, () => `${before}\n${content}\n`);
    before = content;
  }
  for (const line of diff.split('\n').filter((each) => each.startsWith('-'))) {
    text = text.replace(`${line.slice(1)}\n`, '');
  }
  writeFileSync(file, text);
}

test('a product is five files of under 150 lines in all, and it changes only the catalogue', () => {
  const changed = parts.filter(({ language }) => language === 'diff').map(({ path }) => path);
  expect(changed).toEqual([CATALOGUE]);
  const files = parts.filter(({ language }) => language !== 'diff');
  expect(files).toHaveLength(5);
  for (const { path } of files) expect(path).toMatch(/^src\/products\/moon-letter\/v1\//);
  const lines = parts.reduce((total, { text }) => total + text.trimEnd().split('\n').length, 0);
  expect(lines).toBeLessThan(150);
});

test("the page's product is sold, written and delivered in the sandbox", () => {
  const folder = house();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['cli/almanac.ts', 'demo', '--product', 'moon-letter', '--latency', '5'],
    { cwd: folder, encoding: 'utf8', timeout: 90_000 },
  );
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toMatch(/moon-letter/);
  const pdf = readFileSync(join(folder, 'out/moon-letter.pdf'));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
}, 120_000);
