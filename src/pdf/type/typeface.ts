/**
 * One font file inside one PDF: shapes text to glyphs, gives each a short code, and embeds a subset.
 *
 * pdfkit writes every glyph as four hexadecimal digits. Here common glyphs take one byte, which halves the time spent
 * encoding and deflating. An embedded CMap maps bytes to glyphs. A code means a glyph together with its text, so that
 * two characters that share a glyph still copy as themselves.
 */
import type { Font, Subset } from 'fontkit';
import { AlmanacError } from '../../domain/errors.ts';
import { createPairShaper } from './pair-shaper.ts';
import { readFont } from './read-font.ts';

/** Text as written inside a TJ array's string: codes, and `)-12(` where letters are kerned. */
export interface Shaped {
  fragment: string;
  /** thousandths of the font size */
  width: number;
  glyphs: number;
  rightToLeft: boolean;
  /** whether the glyphs, left to right, spell the text */
  spelled: boolean;
}

/** Thousandths of the size. Smaller kerns are under a twentieth of a point: invisible, and a tenth of the file. */
const LEAST_KERN = 6;

export interface CodedGlyph {
  code: string;
  glyph: number;
  text: string;
}

export interface Typeface {
  /** resource name on the page */
  name: string;
  font: Font;
  has(codePoint: number): boolean;
  shape(text: string): Shaped;
  /** what was used, for embedding */
  used(): { coded: readonly CodedGlyph[]; widths: readonly number[]; subset: Subset };
}

/** @throws AlmanacError `render` when more than about 6,700 different glyphs of one font are used */
export function openTypeface(file: string, name: string): Typeface {
  const font = readFont(file);
  const subset = font.createSubset();
  const scale = 1000 / font.unitsPerEm;
  const widths: number[] = [round(font.getGlyph(0).advanceWidth * scale)];
  const codes = new Map<string, string>();
  const coded: CodedGlyph[] = [];
  const nextCode = codeAllocator();

  function codeOf(glyphId: number, advance: number, text: string): string {
    const key = `${glyphId} ${text}`;
    const known = codes.get(key);
    if (known !== undefined) return known;
    const glyph = subset.includeGlyph(glyphId);
    widths[glyph] = round(advance * scale);
    const code = nextCode(text);
    codes.set(key, code);
    coded.push({ code, glyph, text });
    return code;
  }

  const shapePairs = createPairShaper(font);

  /** Shifts marks sideways only: in rare scripts their height stays as drawn in the font. */
  function shapeFully(text: string): Shaped {
    const run = font.layout(text);
    let fragment = '';
    let width = 0;
    let shown = '';
    run.glyphs.forEach((glyph, index) => {
      const position = run.positions[index];
      if (position === undefined) return;
      const shift = round(position.xOffset * scale);
      const kern = round((position.xAdvance - glyph.advanceWidth - position.xOffset) * scale);
      const meant = String.fromCodePoint(...glyph.codePoints);
      shown += meant;
      const code = codeOf(glyph.id, glyph.advanceWidth, meant);
      if (shift !== 0) fragment += `)${-shift}(`;
      fragment += code;
      if (kern !== 0) fragment += `)${-kern}(`;
      width += round(glyph.advanceWidth * scale) + shift + kern;
    });
    const rightToLeft = run.direction === 'rtl';
    return {
      fragment: flat(fragment),
      width,
      glyphs: run.glyphs.length,
      rightToLeft,
      spelled: shown === text,
    };
  }

  return {
    name,
    font,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    shape(text) {
      const pairs = shapePairs(text);
      if (pairs === null) return shapeFully(text);
      let fragment = '';
      let width = 0;
      for (const { id, text: shown, advance, kern } of pairs) {
        fragment += codeOf(id, advance, shown);
        width += round(advance * scale);
        const units = round(kern * scale);
        if (Math.abs(units) < LEAST_KERN) continue;
        fragment += `)${-units}(`;
        width += units;
      }
      return {
        fragment: flat(fragment),
        width,
        glyphs: pairs.length,
        rightToLeft: false,
        spelled: true,
      };
    },
    used: () => ({ coded, widths, subset }),
  };
}

/** A string built piece by piece is stored as a tree of pieces; plain bytes are better to remember. */
function flat(fragment: string): string {
  return Buffer.from(fragment, 'latin1').toString('latin1');
}

function round(value: number): number {
  return Math.round(value);
}

/** Bytes that would need escaping in a PDF string, and are therefore never used. */
const ESCAPED = new Set([0x0a, 0x0d, 0x28, 0x29, 0x5c]);
export const ONE_BYTE = { first: 0x20, last: 0xdf } as const;
export const TWO_BYTES = { first: 0xe0, last: 0xff, secondFirst: 0x20, secondLast: 0xff } as const;

/** ASCII keeps its own codes, to keep page content readable; the rest take what is free. */
function codeAllocator(): (text: string) => string {
  const taken = new Set<number>();
  let oneByte = 0x7f;
  let lead: number = TWO_BYTES.first;
  let second: number = TWO_BYTES.secondFirst;
  return (text) => {
    const own = text.length === 1 ? text.charCodeAt(0) : 0;
    if (own >= 0x20 && own < 0x7f && !ESCAPED.has(own) && !taken.has(own)) {
      taken.add(own);
      return String.fromCharCode(own);
    }
    if (oneByte <= ONE_BYTE.last) return String.fromCharCode(oneByte++);
    while (ESCAPED.has(second)) second += 1;
    if (lead > TWO_BYTES.last) throw new AlmanacError('render', 'too many glyphs of one font');
    const code = String.fromCharCode(lead, second);
    second += 1;
    if (second > TWO_BYTES.secondLast) {
      second = TWO_BYTES.secondFirst;
      lead += 1;
    }
    return code;
  };
}
