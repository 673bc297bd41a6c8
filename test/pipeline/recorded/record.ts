/**
 * Wrote `requests.json` and `old-store.db.gz` with the code of the release before steps became a graph. Not to be run
 * again: what today's code asks proves nothing about what it asked then.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openStore } from '../../../src/store/open-store.ts';
import { carryOut, definitionV1, PRODUCTS, place } from './carry-out.ts';

/** Sections that the old store has of each product. */
const STANDING = { 'life-clarity': 2, blueprint: 21, 'personal-horoscope': 14 } as const;

const folder = mkdtempSync(join(tmpdir(), 'almanac-v1-'));
const path = (name: string) => join(folder, `${name}.db`);
const requests: Record<'fresh' | 'resumed', Record<string, string[]>> = { fresh: {}, resumed: {} };
const whole = await openStore(`sqlite:${path('whole')}`);
const midway = await openStore(`sqlite:${path('midway')}`);
for (const product of PRODUCTS) {
  await place(whole, definitionV1(product));
  requests.fresh[product] = (await carryOut(whole, definitionV1(product))).perStep;
  await place(midway, definitionV1(product));
  await carryOut(midway, definitionV1(product), STANDING[product]);
}
await whole.close();
await midway.close();
const old = readFileSync(path('midway'));
const resumed = await openStore(`sqlite:${path('midway')}`);
for (const product of PRODUCTS) {
  requests.resumed[product] = (await carryOut(resumed, definitionV1(product))).perStep;
}
await resumed.close();
const fileAt = (name: string) => new URL(name, import.meta.url);
writeFileSync(fileAt('requests.json'), `${JSON.stringify(requests)}\n`);
writeFileSync(fileAt('old-store.db.gz'), gzipSync(old, { level: 9 }));
rmSync(folder, { recursive: true });
