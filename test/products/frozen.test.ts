import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fingerprints } from './fingerprint.ts';

const frozen = JSON.parse(readFileSync(new URL('./frozen.json', import.meta.url), 'utf8'));

it('every version asks and prints what it always did, so that no open report mixes wordings', async () => {
  // to change a product, add a new version: see src/products/README.md
  expect(await fingerprints()).toEqual(frozen);
});
