/**
 * Which characters each font file has, without opening it: the API asks this for every order. The table is written by
 * `scripts/build-coverage.ts` from the fonts; a test compares the two.
 */
import { readFileSync } from 'node:fs';

/** Nothing to draw: joiners, selectors, controls. A font need not have them. */
const UNDRAWN = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

let lines: Map<string, string> | undefined;
const starts = new Map<string, Uint32Array>();

/** @returns whether the file has every character of a cluster that has something to draw */
export function fileDraws(file: string, cluster: string): boolean {
  return hasAll(file, cluster) || hasAll(file, cluster.normalize('NFD'));
}

function hasAll(file: string, text: string): boolean {
  for (const character of text) {
    if (!UNDRAWN.test(character) && !has(file, character.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

function has(file: string, codePoint: number): boolean {
  let ranges = starts.get(file);
  if (ranges === undefined) {
    ranges = unpack(lineOf(file));
    starts.set(file, ranges);
  }
  // the number of bounds up to the code point is odd inside a range
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] ?? 0) <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

function lineOf(file: string): string {
  lines ??= new Map(
    readFileSync(new URL('coverage.txt', import.meta.url), 'utf8')
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
  return lines.get(file) ?? '';
}

/** @param codePoints in rising order @returns the distances between the bounds of their ranges, base 36 */
export function packCoverage(codePoints: readonly number[]): string {
  const bounds: number[] = [];
  for (const codePoint of codePoints) {
    if (bounds.at(-1) === codePoint) bounds[bounds.length - 1] = codePoint + 1;
    else bounds.push(codePoint, codePoint + 1);
  }
  return bounds.map((bound, index) => (bound - (bounds[index - 1] ?? 0)).toString(36)).join(' ');
}

function unpack(packed: string): Uint32Array {
  let bound = 0;
  return Uint32Array.from(packed === '' ? [] : packed.split(' '), (step) => {
    bound += Number.parseInt(step, 36);
    return bound;
  });
}
