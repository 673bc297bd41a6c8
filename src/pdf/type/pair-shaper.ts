/**
 * Shapes Latin words from pairs. fontkit runs every OpenType lookup for every word, about 100 microseconds. A book has
 * tens of thousands of different words, but only some thousand letter pairs. A word is cut into units (a letter, or a
 * ligature such as `ffi`). Kerning depends on two neighbours only, so fontkit is asked once per pair. Where a unit or
 * a pair is not that simple, fontkit shapes the whole word.
 */
import type { Font } from 'fontkit';
import { ONLY_KERNED } from './plain-letters.ts';

export interface ShapedGlyph {
  id: number;
  text: string;
  /** font units, without kerning */
  advance: number;
  /** kerning after it, font units */
  kern: number;
}

const UNITS = /f[filbhjkt]+|./g;

type Unit = Omit<ShapedGlyph, 'kern'>;

/** @returns a function that gives a word's glyphs, or null when only fontkit can shape it */
export function createPairShaper(font: Font): (text: string) => ShapedGlyph[] | null {
  const units = new Map<string, Unit | null>();
  const kerns = new Map<string, number | null>();

  function unitOf(text: string): Unit | null {
    let unit = units.get(text);
    if (unit === undefined) {
      const { glyphs } = font.layout(text);
      const [only] = glyphs;
      const plain = glyphs.length === 1 && only !== undefined;
      unit = plain ? { id: only.id, text, advance: only.advanceWidth } : null;
      units.set(text, unit);
    }
    return unit;
  }

  function kernOf(left: Unit, right: Unit): number | null {
    const text = left.text + right.text;
    let kern = kerns.get(text);
    if (kern === undefined) {
      const { glyphs, positions } = font.layout(text);
      const same = glyphs.length === 2 && glyphs[0]?.id === left.id && glyphs[1]?.id === right.id;
      const still = positions.every((position) => position.xOffset === 0 && position.yOffset === 0);
      const first = positions[0];
      kern = same && still && first !== undefined ? first.xAdvance - left.advance : null;
      kerns.set(text, kern);
    }
    return kern;
  }

  return (text) => {
    if (!ONLY_KERNED.test(text)) return null;
    const shaped: ShapedGlyph[] = [];
    let last: ShapedGlyph | undefined;
    for (const part of text.match(UNITS) ?? []) {
      const unit = unitOf(part);
      if (unit === null) return null;
      const glyph = { ...unit, kern: 0 };
      if (last !== undefined) {
        const kern = kernOf(last, unit);
        if (kern === null) return null;
        last.kern = kern;
      }
      shaped.push(glyph);
      last = glyph;
    }
    return shaped;
  };
}
