import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fingerprints } from './fingerprint.ts';

const frozen = JSON.parse(readFileSync(new URL('./frozen.json', import.meta.url), 'utf8'));

it('asks and prints in every version what it always did: reports under way never mix wordings', async () => {
  // src/products/README.md says how to change a product: as a new version
  expect(await fingerprints()).toEqual(frozen);
});
