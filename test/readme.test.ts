import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { orderRequestSchema } from '../src/http/checkout/order-request.ts';

const ROOT = new URL('../', import.meta.url);
const text = readFileSync(new URL('README.md', ROOT), 'utf8');

test('every npm script that the README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const named = [...text.matchAll(/npm (?:run )?([a-z]+)/g)].map((match) => match[1]);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name && name in scripts))).toEqual([]);
});

test('every command and benchmark that the README names exists', () => {
  const files = (folder: string) => readdirSync(new URL(folder, ROOT));
  const named = (script: string) =>
    [...text.matchAll(new RegExp(`npm run ${script} -- ([a-z]+)`, 'g'))].map(
      (match) => `${match[1]}.ts`,
    );
  expect(files('cli/commands/')).toEqual(expect.arrayContaining(named('almanac')));
  expect(files('bench/')).toEqual(expect.arrayContaining(named('bench')));
});

test('the example order in the README is valid', () => {
  const order = /v1\/orders .* -d '([^']*)'/.exec(text)?.[1] ?? '';
  expect(orderRequestSchema.safeParse(JSON.parse(order)).error).toBeUndefined();
});

test('every file that the README links to exists', () => {
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
  const local = links.filter((link) => !link.startsWith('http'));
  expect(local.length).toBeGreaterThan(3);
  expect(local.filter((link) => !existsSync(new URL(link, ROOT)))).toEqual([]);
});
