/** Writes docs/states.md from the transition tables: `npm run states`. A test compares the file with them. */
import { writeFile } from 'node:fs/promises';
import { statesPage } from './states-page.ts';

await writeFile(new URL('../docs/states.md', import.meta.url), statesPage());
