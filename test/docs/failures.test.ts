import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/failures.md', ROOT), 'utf8');
const named = [...page.matchAll(/"([^"]+)" in `([^`]+)`/g)].map(([, title = '', file = '']) => ({
  title,
  file,
}));

test('docs/failures.md names tests', () => {
  expect(named.length).toBeGreaterThan(30);
});

test.each(named)('"$title" is in $file', async ({ title, file }) => {
  const text = await readFile(new URL(file, ROOT), 'utf8');
  expect(text).toContain(title);
});
