/** Writes `src/pdf/type/coverage.txt`: which characters each font file has. Run it after a change of the fonts. */
import { writeFileSync } from 'node:fs';
import { coverageTable } from '../src/pdf/type/coverage-table.ts';

writeFileSync(new URL('../src/pdf/type/coverage.txt', import.meta.url), coverageTable());
