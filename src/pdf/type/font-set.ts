/** The document's fonts: turns words into measured, encoded words once, and remembers them. */
import type { Face } from '../house-style.ts';
import type { DocumentInsides, Reference } from '../pdfkit-insides.ts';
import { choosePieces } from './choose-fonts.ts';
import { embedTypeface } from './embed-typeface.ts';
import { firstFileOf } from './font-files.ts';
import { openTypeface, type Shape, type ShapedText, type Typeface } from './typeface.ts';

/** Part of a word that one font draws. */
export interface Run {
  typeface: Typeface;
  fragment: string;
  /** what to copy instead, when the glyphs alone do not give the text */
  actualText: string | null;
}

/** Part of a word in text that turns: only its line knows what comes before and after it. */
export interface TurnedRun {
  typeface: Typeface;
  /** from left to right, each with its own text */
  shapes: readonly Shape[];
  text: string;
  /** of the bidirectional algorithm: odd for right-to-left */
  level: number;
  /** whether its letters may be spaced */
  spaced: boolean;
}

export interface Word {
  text: string;
  /** where text turns, in reading order; then `runs` is empty. Null when all of it reads from the left */
  turned: readonly TurnedRun[] | null;
  /** of each UTF-16 unit of the text */
  levels: Uint8Array | null;
  /** level of the space after it */
  spaceLevel: number;
  /** thousandths of the font size */
  width: number;
  /** how many get letter spacing: none in scripts whose letters join */
  glyphs: number;
  runs: readonly Run[];
  /** no line may end after it: text readers take a hyphen at the end of a line for a hyphenation */
  sticks: boolean;
  /** a piece of a longer word; the rest follows without a space */
  continues: boolean;
}

export interface FontSet {
  /** @param levels of each UTF-16 unit of the text; text with levels is in NFC */
  word(face: Face, text: string, levels?: Uint8Array | null): Word;
  /** draws the spaces of a face, and most of its words */
  primary(face: Face): Typeface;
  spaceWidth(face: Face): number;
  /** the pages' shared font resources */
  resources: Record<string, Reference>;
  /** writes the fonts; after this nothing can be measured */
  embed(): void;
}

/** Words remembered per face. Prose has some 20,000; beyond the limit the cache starts empty, to bound memory. */
const CACHED_WORDS = 24_000;
const STICKS = /[-\u2010\u00ad]$/;
const ASCII = /^[!-~]+$/; // every text face's first font has these
/** Letters that stand apart, and may be spaced. */
const APART =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}]*$/u;
/** Marks that only told where text turns, and control characters: nothing to show or to copy. */
const UNSHOWN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const ALL_UNSHOWN = new RegExp(UNSHOWN.source, 'gu');

export function createFontSet(out: DocumentInsides): FontSet {
  const typefaces = new Map<string, Typeface>();
  const opened: Typeface[] = [];
  const resources: Record<string, Reference> = {};
  const words = new Map<Face, Map<string, Word>>();

  function typefaceOf(file: string): Typeface {
    let typeface = typefaces.get(file);
    if (typeface === undefined || typeface.full()) {
      typeface = openTypeface(file, `F${opened.length + 1}`);
      opened.push(typeface);
      typefaces.set(file, typeface);
      resources[typeface.name] = out.ref();
    }
    return typeface;
  }

  function shapeWord(face: Face, text: string): Word {
    const word = { text, turned: null, levels: null, spaceLevel: 0, continues: false };
    if (face !== 'symbol' && ASCII.test(text)) {
      const typeface = primary(face);
      const { shaped, width, glyphs } = typeface.shape(text);
      const runs = shaped.map((part) => ({ typeface, ...part }));
      return { ...word, width, glyphs, runs, sticks: text.endsWith('-') };
    }
    const runs: Run[] = [];
    let width = 0;
    let glyphs = 0;
    const shown = text.normalize('NFC').replace(ALL_UNSHOWN, '');
    for (const piece of choosePieces(face, shown)) {
      const typeface = piece.file === null ? primary(face) : typefaceOf(piece.file);
      const shapes =
        piece.file === null ? numbered(typeface, piece.text) : typeface.shape(piece.text);
      runs.push(...shapes.shaped.map((shaped) => ({ typeface, ...shaped })));
      width += shapes.width;
      if (APART.test(piece.text)) glyphs += shapes.glyphs;
    }
    return { ...word, width, glyphs, runs, sticks: STICKS.test(text) };
  }

  function shapeTurned(face: Face, text: string, levels: Uint8Array): Word {
    const turned: TurnedRun[] = [];
    let width = 0;
    let glyphs = 0;
    for (const { text: shown, level } of stretchesOf(text, levels)) {
      for (const piece of choosePieces(face, shown)) {
        const typeface = piece.file === null ? primary(face) : typefaceOf(piece.file);
        const drawn = piece.file === null ? codePointsOf(piece.text) : piece.text;
        const shapes = typeface.shapesOf(drawn, piece.file !== null && level % 2 === 1);
        const spaced = APART.test(piece.text);
        turned.push({ typeface, shapes, text: piece.text, level, spaced });
        for (const { advance, kern } of shapes) width += advance + kern;
        if (spaced) glyphs += shapes.length;
      }
    }
    const sticks = STICKS.test(text);
    return {
      text,
      turned,
      levels,
      spaceLevel: 0,
      width,
      glyphs,
      runs: [],
      sticks,
      continues: false,
    };
  }

  function primary(face: Face): Typeface {
    return typefaceOf(firstFileOf(face));
  }

  function word(face: Face, text: string, levels: Uint8Array | null = null): Word {
    let cache = words.get(face);
    if (cache === undefined) {
      cache = new Map();
      words.set(face, cache);
    }
    const key = levels === null ? text : `${text} ${levels.join('')}`;
    let known = cache.get(key);
    if (known === undefined) {
      if (cache.size >= CACHED_WORDS) cache.clear();
      // a slice keeps the whole text in memory, so the cache keeps a copy
      const own = Buffer.from(key).toString();
      known =
        levels === null
          ? shapeWord(face, own)
          : shapeTurned(face, Buffer.from(text).toString(), levels);
      cache.set(own, known);
    }
    return known;
  }

  const spaces = new Map<Face, number>();
  return {
    word,
    primary,
    resources,
    spaceWidth(face) {
      const known = spaces.get(face) ?? primary(face).shape(' ').width;
      spaces.set(face, known);
      return known;
    },
    embed() {
      opened.forEach((typeface, index) => {
        const dictionary = resources[typeface.name];
        if (dictionary === undefined) return;
        if (typeface.used().coded.length > 0) {
          embedTypeface(out, dictionary, typeface, index);
        } else {
          delete resources[typeface.name]; // opened, but never used to draw
          dictionary.end();
        }
      });
    },
  };
}

/** The text cut where its level changes, without what shows nothing. */
function stretchesOf(text: string, levels: Uint8Array): { text: string; level: number }[] {
  const stretches: { text: string; level: number }[] = [];
  let at = 0;
  for (const character of text) {
    const level = levels[at] ?? 0;
    at += character.length;
    if (UNSHOWN.test(character)) continue;
    const last = stretches.at(-1);
    if (last?.level === level) last.text += character;
    else stretches.push({ text: character, level });
  }
  return stretches;
}

/** What no font has is printed as its number and copied as itself: nothing is dropped or shown as something else. */
function numbered(typeface: Typeface, text: string): ShapedText {
  const { shaped, width, glyphs } = typeface.shape(codePointsOf(text));
  return { shaped: shaped.map((part) => ({ ...part, actualText: text })), width, glyphs };
}

function codePointsOf(text: string): string {
  return Array.from(text, (character) => {
    const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${digits}]`;
  }).join('');
}
