/**
 * A line in which text turns: its parts as they follow each other on the page, and what text readers copy from them.
 *
 * Readers (poppler, MuPDF, pdf.js) take the characters of a line from left to right, take them for an English line's,
 * and turn each sequence that begins with a right-to-left letter and ends before the next left-to-right letter or digit.
 * So a comma, a bracket or a number beside a name in Hebrew is copied to the wrong side of it. Here the characters of a
 * right-to-left stretch are given in the order that they turn into the right one: words in reading order, the letters of
 * each from its end to its start, and an unseen left-to-right mark where the turning has to stop.
 */

import { inVisualOrder } from './direction.ts';
import type { Run, TurnedRun, Word } from './font-set.ts';
import type { Shape, Typeface } from './typeface.ts';

/** Shapes that are copied together. */
export interface Span {
  runs: { typeface: Typeface; fragment: string; spaced: boolean }[];
  actualText: string | null;
}

interface Item {
  typeface: Typeface;
  shapes: readonly Shape[];
  /** in reading order */
  text: string;
  level: number;
  spaced: boolean;
  written?: Run;
}

const LEFT_MARK = '\u200e';
const RIGHT_MARK = '\u200f';
const MARKED = /^(\p{M}+)(.+)$/su;
const PIECES = /.\p{M}*/gsu;
const TURNED =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const TURNED_WITH_MARKS = new RegExp(`${TURNED.source}\\p{M}*`, 'u');
/** Turned letters only, and between them what turns with them. */
const ALL_TURNED = new RegExp(
  `^(?:${TURNED_WITH_MARKS.source})+(?:[ ,.'’״׳]+(?:${TURNED_WITH_MARKS.source})+)*$`,
  'u',
);
/** Where turning ends by itself. */
const STOPS = /[\p{L}\p{Nd}+-]/u;

/** @returns null when the words from `start` to `end` all read from the left */
export function turnedLine(
  words: readonly Word[],
  start: number,
  end: number,
  primary: Typeface,
): Span[] | null {
  const line = words.slice(start, end);
  if (line.every(({ turned }) => turned === null)) return null;
  const [space] = primary.shapesOf(' ', false);
  const items: Item[] = [];
  for (const { turned, runs, glyphs, spaceLevel: level, continues } of line) {
    if (turned === null) items.push(...runs.map((run) => plainItem(run, glyphs > 0)));
    else items.push(...turned.filter(({ shapes }) => shapes.length > 0).map(turnedItem));
    if (continues || space === undefined) continue;
    items.push({ typeface: primary, shapes: [space], text: ' ', level, spaced: true });
  }
  // a line's last space is at its right end, whatever the text's direction, where it moves nothing
  const last = items.at(-1);
  if (last?.text === ' ') last.level = 0;

  const spans: Span[] = [];
  let at = 0;
  while (at < items.length) {
    const from = at;
    const turns = (items[at]?.level ?? 0) > 0;
    while (at < items.length && (items[at]?.level ?? 0) > 0 === turns) at += 1;
    const stretch = items.slice(from, at);
    spans.push(...(turns ? [turnedSpan(stretch, primary)] : stretch.flatMap(plainSpans)));
    // at a line's end only the space would turn, with the letters before it
    const ends = at >= items.length - 1 && turnsWhole(stretch);
    if (turns && !ends) spans.push(markSpan(primary));
  }
  return spans;
}

function turnedItem({ typeface, shapes, text, level, spaced }: TurnedRun): Item {
  return { typeface, shapes, text, level, spaced };
}

/** Part of a word that reads from the left: its codes are known. */
function plainItem(written: Run, spaced: boolean): Item {
  return { typeface: written.typeface, shapes: [], text: '', level: 0, spaced, written };
}

function markSpan(typeface: Typeface): Span {
  const fragment = typeface.write(typeface.unseen(LEFT_MARK), LEFT_MARK);
  return { runs: [{ typeface, fragment, spaced: false }], actualText: null };
}

function plainSpans({ typeface, shapes, text, spaced, written }: Item): Span[] {
  if (written !== undefined) {
    const { fragment, actualText } = written;
    return [{ runs: [{ typeface, fragment, spaced }], actualText }];
  }
  const spell = shapes.map((shape) => shape.text).join('') === text;
  const letters = shapes.every((shape) => Array.from(shape.text).length === 1);
  const fragment = shapes.map((shape) => typeface.write(shape, shape.text)).join('');
  return [{ runs: [{ typeface, fragment, spaced }], actualText: spell && letters ? null : text }];
}

function textOf(stretch: readonly Item[]): string {
  return stretch.map(({ text }) => text).join('');
}

/** Whether readers turn all of it as one. */
function turnsWhole(stretch: readonly Item[]): boolean {
  return ALL_TURNED.test(textOf(stretch));
}

function turnedSpan(stretch: readonly Item[], primary: Typeface): Span {
  const logical = textOf(stretch);
  const ordered = inVisualOrder(stretch);
  const shapes = ordered.flatMap((item) => item.shapes);
  const copies = turnsWhole(stretch)
    ? shapes.map(({ text }) => backwards(text))
    : shared(readersOrder(logical), shapes.length);
  let index = 0;
  const runs = ordered.map(({ typeface, spaced, shapes: own }) => {
    let fragment = '';
    for (const shape of own) {
      const copy = copies[index] ?? shape.text;
      const [, marks = '', letters = copy] = MARKED.exec(copy) ?? [];
      // the marks of a letter come before it: MuPDF takes a glyph that begins with one for a gap
      if (marks !== '') fragment += typeface.write(typeface.unseen(marks), marks);
      fragment += typeface.write(shape, letters);
      index += 1;
    }
    return { typeface, fragment, spaced };
  });
  // a mark alone begins no turning
  if (/^\p{M}/u.test(copies[0] ?? '')) {
    const fragment = primary.write(primary.unseen(RIGHT_MARK), RIGHT_MARK);
    runs.unshift({ typeface: primary, fragment, spaced: false });
    copies.unshift(RIGHT_MARK);
  }
  return { runs, actualText: copies.join('') };
}

function backwards(text: string): string {
  return Array.from(text).reverse().join('');
}

/** Each shape stands for some of the pieces: all of them together for all. */
function shared(pieces: readonly string[], count: number): string[] {
  const units = pieces.length < count ? pieces.flatMap((piece) => Array.from(piece)) : pieces;
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * units.length) / count);
    const to = Math.floor(((index + 1) * units.length) / count);
    return units.slice(from, to).join('');
  });
}

/** @returns letters with their marks, and what is between them, some with a mark of direction before them */
function readersOrder(logical: string): string[] {
  const order: string[] = [];
  let turned: string[] = [];
  for (const [piece] of logical.matchAll(PIECES)) {
    if (TURNED.test(piece)) {
      turned.unshift(backwards(piece));
    } else {
      order.push(...turned, turned.length > 0 && !STOPS.test(piece) ? LEFT_MARK + piece : piece);
      turned = [];
    }
  }
  return [...order, ...turned];
}
