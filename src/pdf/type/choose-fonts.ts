/**
 * Cuts a word into pieces that one font file draws. What a reader sees as one character (a letter with its marks) is
 * never cut: a file draws it whole or not at all. The letters of a word are drawn by one family if any has them all.
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
/** Not punctuation or a sign, which another family may draw within a word. */
const WORDLIKE = /[\p{L}\p{M}\p{Nl}]/u;
/** A letter of one script, not one of many such as ʼ. */
const LETTER = /(?!\p{Script=Common})\p{L}/u;

/** What a reader sees as one character, marks and joiners included. */
export function clustersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** @param text in NFC */
export function choosePieces(face: Face, text: string): Piece[] {
  const families = familiesOf(face);
  const clusters = clustersOf(text);
  const letters = clusters.filter((cluster) => WORDLIKE.test(cluster));
  const whole = families.find(
    (family) => family.wholeWords && letters.every((cluster) => fileOf([family], cluster) !== null),
  );
  const preferred = whole === undefined ? families : [whole, ...families];
  const pieces: Piece[] = [];
  let simple = false;
  for (const cluster of clusters) {
    for (const piece of drawn(preferred, cluster)) {
      const last = pieces.at(-1);
      const decides = LETTER.test(piece.text);
      const turns = decides && simple !== SIMPLE_LETTER.test(piece.text);
      if (last?.file === piece.file && !turns) last.text += piece.text;
      else pieces.push(piece);
      if (decides) simple = SIMPLE_LETTER.test(piece.text);
    }
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

/** Of a cluster that no file has whole, letters are drawn by what has them; a mark without its letter is not. */
function drawn(families: readonly Family[], cluster: string): Piece[] {
  const file = fileOf(families, cluster);
  if (file !== null) return [{ file, text: cluster }];
  return Array.from(cluster, (text) => ({
    file: /\p{M}/u.test(text) ? null : fileOf(families, text),
    text,
  }));
}

function fileOf(families: readonly Family[], cluster: string): string | null {
  for (const { files } of families) {
    for (const file of files) if (fileDraws(file, cluster)) return file;
  }
  return null;
}
