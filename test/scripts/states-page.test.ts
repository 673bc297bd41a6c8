import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { statesPage } from '../../scripts/states-page.ts';

test('docs/states.md matches the transition tables; if not, run `npm run states`', async () => {
  const page = await readFile(new URL('../../docs/states.md', import.meta.url), 'utf8');
  expect(page).toBe(statesPage());
});
