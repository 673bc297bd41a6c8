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
import type { TurnedRun, Word } from './font-set.ts';
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
}

const MARK = '\u200e';
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
  for (const { turned, spaceLevel: level, continues } of line) {
    items.push(...(turned ?? []).filter(({ shapes }) => shapes.length > 0).map(itemOf));
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
    spans.push(...(turns ? [turnedSpan(stretch)] : stretch.flatMap(plainSpans)));
    // at a line's end only the space would turn, with the letters before it
    const ends = at >= items.length - 1 && turnsWhole(stretch);
    if (turns && !ends) spans.push(markSpan(primary));
  }
  return spans;
}

function itemOf({ typeface, shapes, text, level, spaced }: TurnedRun): Item {
  return { typeface, shapes, text, level, spaced };
}

function markSpan(typeface: Typeface): Span {
  const fragment = typeface.write(typeface.unseen(MARK), MARK);
  return { runs: [{ typeface, fragment, spaced: false }], actualText: null };
}

function plainSpans({ typeface, shapes, text, spaced }: Item): Span[] {
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

function turnedSpan(stretch: readonly Item[]): Span {
  const logical = textOf(stretch);
  const order = turnsWhole(stretch) ? Array.from(logical).reverse() : readersOrder(logical);
  const ordered = inVisualOrder(stretch);
  const count = ordered.reduce((sum, { shapes }) => sum + shapes.length, 0);
  let index = 0;
  const runs = ordered.map(({ typeface, shapes, spaced }) => {
    let fragment = '';
    for (const shape of shapes) {
      fragment += typeface.write(shape, shareOf(order, index, count));
      index += 1;
    }
    return { typeface, fragment, spaced };
  });
  return { runs, actualText: order.join('') };
}

/** Each shape stands for some of the characters: all of them together for all. */
function shareOf(order: readonly string[], index: number, count: number): string {
  const from = Math.floor((index * order.length) / count);
  const to = Math.floor(((index + 1) * order.length) / count);
  return order.slice(from, Math.max(to, from + 1)).join('');
}

/** @returns characters, some with a mark before them */
function readersOrder(logical: string): string[] {
  const order: string[] = [];
  let turned: string[] = [];
  for (const character of logical) {
    if (TURNED.test(character) || (turned.length > 0 && /\p{M}/u.test(character))) {
      turned.unshift(character);
      continue;
    }
    order.push(
      ...turned,
      turned.length > 0 && !STOPS.test(character) ? MARK + character : character,
    );
    turned = [];
  }
  return [...order, ...turned];
}
