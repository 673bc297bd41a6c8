import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { promptsPage } from '../../scripts/prompts-page.ts';

test('docs/prompts.md matches what the products ask; if not, run `npm run prompts`', async () => {
  const page = await readFile(new URL('../../docs/prompts.md', import.meta.url), 'utf8');
  expect(page).toBe(await promptsPage());
}, 20_000);
