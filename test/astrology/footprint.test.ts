/** The API process loads births and places, and never the ephemeris. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const CHILD = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
// the first file pays for type stripping, which every process has to pay for
await import('./src/domain/errors.ts');
const before = process.memoryUsage().rss;
const { resolveBirth } = await import('./src/astrology/resolve-birth.ts');
const { openPlaces } = await import('./src/astrology/places.ts');
const [place] = openPlaces().search('london, uk', 1).places;
resolveBirth({ name: 'Ada', date: '1990-06-15', time: '11:00', place });
const megabytes = (process.memoryUsage().rss - before) / 1e6;
console.log(JSON.stringify({ megabytes, caelus: loaded.filter((url) => url.includes('caelus')) }));
`;

it('resolving a birth and a place takes under 80 MB and loads no ephemeris', () => {
  const child = execFileSync(process.execPath, ['--input-type=module', '-e', CHILD]);
  const { megabytes, caelus } = JSON.parse(String(child));
  expect(caelus).toEqual([]);
  expect(megabytes).toBeLessThan(80);
});
