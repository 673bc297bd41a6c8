/**
 * Records what each version of each product asks and prints. Run `node scripts/freeze-products.ts` when a new version is
 * added, or when a version that was never sold changes. Never run it to silence a test about a version that is sold.
 */
import { writeFileSync } from 'node:fs';
import { fingerprints } from '../test/products/fingerprint.ts';

const FILE = new URL('../test/products/frozen.json', import.meta.url);
writeFileSync(FILE, `${JSON.stringify(await fingerprints(), null, 2)}\n`);
