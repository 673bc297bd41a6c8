/** Which of a city's many names are worth finding it by. */
import { foldName } from '../../src/astrology/place-spelling.ts';
import type { City } from './read-sources.ts';

const LONGEST = 60;

/**
 * GeoNames adds machine-made transliterations of scripts without capitals ("mo si ke", "mskw") and
 * airport codes ("MOW"). No one types them, and they are in the way of other places: they are left out.
 */
export function keysOf({ name, otherNames, ownNames }: City): string[] {
  const usable = otherNames.filter((other) => other.length <= LONGEST && !isMachineMade(other));
  return [...new Set([name, ...usable, ...ownNames].map(foldName))].filter((key) => key !== '');
}

function isMachineMade(name: string): boolean {
  const code = /^[A-Z0-9]{2,5}$/.test(name);
  const transliterated =
    /^[a-z\p{P}\p{Zs}ʻʼʹʾʿ]/u.test(name) &&
    /[a-z]/.test(name) &&
    !/[\p{Lu}\u00c0-\u024f]/u.test(name);
  return code || transliterated;
}
