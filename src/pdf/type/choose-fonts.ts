/**
 * Cuts a word into pieces that one font file draws. What a reader sees as one character (a letter with its marks) is
 * never cut: a file draws it whole or not at all. A word is drawn by one family if any has all of it.
 */
import type { Face } from '../house-style.ts';
import { fileDraws } from './coverage.ts';
import { type Family, familiesOf } from './font-files.ts';

export interface Piece {
  /** null: no file has it */
  file: string | null;
  text: string;
}

let segmenter: Intl.Segmenter | undefined;
/** Scripts whose letters neither join nor reorder, which one run of shaping can mix. */
const SIMPLE_LETTER = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;
const LETTER = /\p{L}/u;

/** What a reader sees as one character, marks and joiners included. */
export function clustersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** @param text in NFC */
export function choosePieces(face: Face, text: string): Piece[] {
  const clusters = clustersOf(text).flatMap((cluster) => drawable(face, cluster));
  const families = familiesOf(face);
  const whole = families.find(
    (family) =>
      family.wholeWords && clusters.every((cluster) => fileOf([family], cluster) !== null),
  );
  const pieces: Piece[] = [];
  let simple = false;
  for (const cluster of clusters) {
    const file = fileOf(whole === undefined ? families : [whole], cluster);
    const last = pieces.at(-1);
    const turns = LETTER.test(cluster) && simple !== SIMPLE_LETTER.test(cluster);
    if (last !== undefined && file !== null && last.file === file && !turns) last.text += cluster;
    else pieces.push({ file, text: cluster });
    if (LETTER.test(cluster)) simple = SIMPLE_LETTER.test(cluster);
  }
  return pieces;
}

/** @returns what no shipped font can draw: each character once, a letter with its marks */
export function unprintable(text: string): string[] {
  const lacking = clustersOf(text.normalize('NFC')).filter(
    (cluster) => cluster.trim() !== '' && fileOf(familiesOf('serif'), cluster) === null,
  );
  return [...new Set(lacking)];
}

/** A cluster that no file has whole is drawn character by character. */
function drawable(face: Face, cluster: string): string[] {
  return fileOf(familiesOf(face), cluster) === null ? Array.from(cluster) : [cluster];
}

function fileOf(families: readonly Family[], cluster: string): string | null {
  for (const { files } of families) {
    for (const file of files) if (fileDraws(file, cluster)) return file;
  }
  return null;
}
