/** Fails if a production package, of the product or of its client, has a licence that is not on the list. Reads only the lock files. */
import { readFileSync } from 'node:fs';

/** Each lets us ship if we keep its notice. None requires us to publish our own source. */
const ALLOWED = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
];
/** Packages that name no licence from the list, checked by a person. */
const READ: Readonly<Record<string, string>> = {
  'dejavu-fonts-ttf': 'Bitstream Vera licence: fonts may be embedded and shipped',
  'png-js': 'MIT, in its LICENSE file',
};

interface Package {
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
}
const ROOT = new URL('../', import.meta.url);
const packages = ['package-lock.json', 'client/package-lock.json'].flatMap((file) => {
  const lock = JSON.parse(readFileSync(new URL(file, ROOT), 'utf8'));
  return Object.entries<Package>(lock.packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  );
});

const refused = packages.flatMap(([path, { license = 'none named' }]) => {
  const name = path.replace(/^.*node_modules\//, '');
  const fine = license.split(' AND ').every((part) => ALLOWED.includes(part)) || name in READ;
  return fine ? [] : [`${name}: ${license}`];
});
if (refused.length > 0) {
  console.error(`Licences not on the list:\n  ${refused.join('\n  ')}`);
  process.exit(1);
}
console.log(`${packages.length} production packages, all with a licence on the list`);
