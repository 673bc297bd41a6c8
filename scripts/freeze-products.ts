/**
 * Writes down what each version of each product asks and prints. Run `node scripts/freeze-products.ts` when a new version
 * has been added, or when a version that was never sold has changed; never to quiet a test about one that is sold.
 */
import { writeFileSync } from 'node:fs';
import { fingerprints } from '../test/products/fingerprint.ts';

const FILE = new URL('../test/products/frozen.json', import.meta.url);
writeFileSync(FILE, `${JSON.stringify(await fingerprints(), null, 2)}\n`);
