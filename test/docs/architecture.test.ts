import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', ROOT), 'utf8');

test('every file and folder that the page names exists', () => {
  const named = [...page.matchAll(/`((?:src|workers|test)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});

test('the picture shows every room, and every folder around the product', () => {
  const folders = (path: string) =>
    readdirSync(new URL(path, ROOT), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const picture = page.split('```')[1] ?? '';
  const rooms = ['src', 'src/orders', 'src/http', 'src/pdf', 'src/llm'].flatMap(folders);
  const around = ['sandbox', 'test', 'bench', 'chaos', 'simulation', 'scripts'];
  expect([...rooms, ...around].filter((name) => !picture.includes(name))).toEqual([]);
});
