/** The document's fonts: turns words into measured, encoded words once, and remembers them. */
import type { Face } from '../house-style.ts';
import type { DocumentInsides, Reference } from '../pdfkit-insides.ts';
import { embedTypeface } from './embed-typeface.ts';
import { fontFilesOf } from './font-files.ts';
import { openTypeface, type Typeface } from './typeface.ts';

/** Part of a word that one font draws. */
export interface Run {
  typeface: Typeface;
  fragment: string;
  /** what to copy instead, when the glyphs alone do not give the text */
  actualText: string | null;
}

export interface Word {
  text: string;
  /** thousandths of the font size */
  width: number;
  glyphs: number;
  runs: readonly Run[];
  rightToLeft: boolean;
  /** no line may end after it: text readers take a hyphen at the end of a line for a hyphenation */
  sticks: boolean;
  /** a piece of a longer word; the rest follows without a space */
  continues: boolean;
}

export interface FontSet {
  word(face: Face, text: string): Word;
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
/** Shown for a character that no font has. */
const STAND_IN = '·';
// joiners, selectors, soft hyphen, controls: nothing to show unless a font knows them
const ASCII = /^[!-~]+$/; // every text face's first font has these
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]$/u;

export function createFontSet(out: DocumentInsides): FontSet {
  const typefaces = new Map<string, Typeface>();
  const resources: Record<string, Reference> = {};
  const words = new Map<Face, Map<string, Word>>();

  function typefaceOf(file: string): Typeface {
    let typeface = typefaces.get(file);
    if (typeface === undefined) {
      typeface = openTypeface(file, `F${typefaces.size + 1}`);
      typefaces.set(file, typeface);
      resources[typeface.name] = out.ref();
    }
    return typeface;
  }

  const choices = new Map<string, Typeface | null>();
  function typefaceFor(face: Face, codePoint: number): Typeface | null {
    const key = `${face} ${codePoint}`;
    let choice = choices.get(key);
    if (choice === undefined) {
      const file = fontFilesOf(face).find((candidate) => typefaceOf(candidate).has(codePoint));
      choice = file === undefined ? null : typefaceOf(file);
      choices.set(key, choice);
    }
    return choice;
  }

  function shapeWord(face: Face, text: string): Word {
    if (face !== 'symbol' && ASCII.test(text)) {
      const typeface = primary(face);
      const { fragment, width, glyphs } = typeface.shape(text);
      const sticks = text.endsWith('-');
      const runs = [{ typeface, fragment, actualText: null }];
      return { text, width, glyphs, runs, rightToLeft: false, sticks, continues: false };
    }
    const runs: Run[] = [];
    let width = 0;
    let glyphs = 0;
    let rightToLeft = false;
    for (const piece of piecesOf(face, text.normalize('NFC'))) {
      const shaped = piece.typeface.shape(piece.text);
      // text readers reverse right-to-left glyphs themselves, and would reverse this text too
      const actualText =
        piece.actualText ?? (shaped.spelled || shaped.rightToLeft ? null : piece.text);
      const run = { typeface: piece.typeface, fragment: shaped.fragment, actualText };
      if (shaped.rightToLeft) runs.unshift(run);
      else runs.push(run);
      width += shaped.width;
      glyphs += shaped.glyphs;
      rightToLeft ||= shaped.rightToLeft;
    }
    const sticks = /[-\u2010\u00ad]$/.test(text);
    return { text, width, glyphs, runs, rightToLeft, sticks, continues: false };
  }

  function piecesOf(face: Face, text: string): Piece[] {
    const pieces: Piece[] = [];
    for (const character of text) {
      const last = pieces.at(-1);
      const codePoint = character.codePointAt(0) ?? 0;
      if (INVISIBLE.test(character)) {
        if (last?.typeface.has(codePoint) && last.actualText === null) last.text += character;
        continue;
      }
      const typeface = typefaceFor(face, codePoint);
      if (typeface === null) {
        pieces.push({ typeface: primary(face), text: STAND_IN, actualText: character });
      } else if (last?.typeface === typeface && last.actualText === null) {
        last.text += character;
      } else {
        pieces.push({ typeface, text: character, actualText: null });
      }
    }
    return pieces;
  }

  function primary(face: Face): Typeface {
    return typefaceOf(fontFilesOf(face === 'symbol' ? 'sans' : face)[0] ?? '');
  }

  function word(face: Face, text: string): Word {
    let cache = words.get(face);
    if (cache === undefined) {
      cache = new Map();
      words.set(face, cache);
    }
    let known = cache.get(text);
    if (known === undefined) {
      if (cache.size >= CACHED_WORDS) cache.clear();
      // a slice keeps the whole text in memory, so the cache keeps a copy
      const own = Buffer.from(text).toString();
      known = shapeWord(face, own);
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
      [...typefaces.values()].forEach((typeface, index) => {
        const dictionary = resources[typeface.name];
        if (dictionary === undefined) return;
        if (typeface.used().coded.length > 0) {
          embedTypeface(out, dictionary, typeface, index);
        } else {
          delete resources[typeface.name]; // opened to look for a character, but never used to draw
          dictionary.end();
        }
      });
    },
  };
}

interface Piece {
  typeface: Typeface;
  text: string;
  actualText: string | null;
}
