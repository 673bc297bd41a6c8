/**
 * `npm run states`: writes docs/states.md from the transition tables, and the moves by hand into
 * docs/operations.md. Tests compare both with the code.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { withMovesTable } from './moves-table.ts';
import { statesPage } from './states-page.ts';

const DOCS = new URL('../docs/', import.meta.url);
const operations = new URL('operations.md', DOCS);

await writeFile(new URL('states.md', DOCS), statesPage());
await writeFile(operations, withMovesTable(await readFile(operations, 'utf8')));
