import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withMovesTable } from '../../scripts/moves-table.ts';

test('docs/operations.md lists the moves that the code has: else run `npm run states`', async () => {
  const page = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  expect(page).toBe(withMovesTable(page));
});
