import { expect, test } from 'vitest';
import { createTokens, idOfToken } from '../../src/domain/token.ts';

const tokens = createTokens('s'.repeat(32));

test('a token is reproducible, carries its id, and matches only what it was made for', () => {
  const token = tokens.make('access', 'ord_1', 1);
  expect(tokens.make('access', 'ord_1', 1)).toBe(token);
  expect(idOfToken(token)).toBe('ord_1');
  expect(tokens.matches(token, 'access', 'ord_1', 1)).toBe(true);
  expect(tokens.matches(token, 'link', 'ord_1', 1)).toBe(false);
  expect(tokens.matches(token, 'access', 'ord_2', 1)).toBe(false);
});

test('raising the generation revokes the tokens made before', () => {
  const old = tokens.make('link', 'lnk_1', 1);
  expect(tokens.matches(old, 'link', 'lnk_1', 2)).toBe(false);
});

test('another secret makes other tokens', () => {
  const other = createTokens('o'.repeat(32));
  expect(other.matches(tokens.make('access', 'ord_1', 1), 'access', 'ord_1', 1)).toBe(false);
});

test('a text that is not shaped like a token has no id', () => {
  for (const text of ['', 'ord_1', 'ord_1.short', `../x.${'A'.repeat(43)}`]) {
    expect(idOfToken(text)).toBeNull();
  }
});
