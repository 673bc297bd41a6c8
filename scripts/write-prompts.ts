/** `npm run prompts`: writes docs/prompts.md. */
import { writeFileSync } from 'node:fs';
import { promptsPage } from './prompts-page.ts';

writeFileSync(new URL('../docs/prompts.md', import.meta.url), await promptsPage());
