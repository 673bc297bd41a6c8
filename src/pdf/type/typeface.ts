/**
 * One font file inside one PDF: shapes text to glyphs, gives each a short code, and embeds a subset.
 *
 * pdfkit writes every glyph as four hexadecimal digits. Here common glyphs take one byte, which halves the time spent
 * encoding and deflating. An embedded CMap maps bytes to glyphs. A code means a glyph together with its text, so that
 * two characters that share a glyph still copy as themselves.
 */
import type { Font, Subset } from 'fontkit';
import { AlmanacError } from '../../domain/errors.ts';
import { composeInto } from './composite-glyphs.ts';
import { createPairShaper, type ShapedGlyph } from './pair-shaper.ts';
import { EACH_SINGLE, ONLY_KERNED_OR_SPACES, ONLY_SINGLE } from './plain-letters.ts';
import { readFont } from './read-font.ts';
import { type Cluster, createShaper } from './shape-text.ts';

/** One glyph for a piece of text. */
export interface Shape {
  /** in the subset */
  glyph: number;
  /** thousandths of the font size */
  advance: number;
  /** distance after it, thousandths */
  kern: number;
  text: string;
}

/** Codes of one font that are written together. */
export interface Shaped {
  /** text as written inside a TJ array's string: codes, and `)-12(` where letters are kerned */
  fragment: string;
  /** what the codes show, if it is not one code for one letter */
  actualText: string | null;
}

export interface ShapedText {
  shaped: readonly Shaped[];
  /** thousandths of the font size */
  width: number;
  glyphs: number;
}

/** Thousandths of the size. Smaller kerns are under a twentieth of a point: invisible, and a tenth of the file. */
const LEAST_KERN = 6;
/** Codes kept free for the next word: an answer in Chinese is one word of up to 4,000 letters. */
const RESERVE = 4_100;

export interface CodedGlyph {
  code: string;
  glyph: number;
  text: string;
}

export interface Typeface {
  /** resource name on the page */
  name: string;
  font: Font;
  /** whether its codes are nearly used up: then the file is opened once more */
  full(): boolean;
  /** text that reads from the left */
  shape(text: string): ShapedText;
  /** @returns the shapes as they follow each other on the page, for text whose codes depend on its line */
  shapesOf(text: string, rightToLeft: boolean): Shape[];
  /** a sign that nobody sees, for text readers only */
  unseen(text: string): Shape;
  /** @returns what shows the shape inside a TJ array's string, to be copied as `text` */
  write(shape: Shape, text: string): string;
  /** what was used, for embedding */
  used(): { coded: readonly CodedGlyph[]; widths: readonly number[]; subset: Subset };
}

/** @throws AlmanacError `render` when more than about 6,700 different glyphs of one font are used */
export function openTypeface(file: string, name: string): Typeface {
  const { font, bytes } = readFont(file);
  const subset = font.createSubset();
  const compose = composeInto(font, subset);
  const scale = 1000 / font.unitsPerEm;
  const widths: number[] = [Math.round(font.getGlyph(0).advanceWidth * scale)];
  const codes = new Map<string, string>();
  const coded: CodedGlyph[] = [];
  const nextCode = codeAllocator();
  const shapePairs = createPairShaper(font);
  let shapeAll: ReturnType<typeof createShaper> | undefined;

  /** @param advance thousandths */
  function codeOf(glyph: number, advance: number, text: string): string {
    const key = `${glyph} ${text}`;
    const known = codes.get(key);
    if (known !== undefined) return known;
    widths[glyph] = advance;
    const code = nextCode(text);
    codes.set(key, code);
    coded.push({ code, glyph, text });
    return code;
  }

  function fromPairs(pairs: readonly ShapedGlyph[]): Shape[] {
    return pairs.map(({ id, text, advance, kern }) => {
      const units = Math.round(kern * scale);
      return {
        glyph: subset.includeGlyph(id),
        advance: Math.round(advance * scale),
        kern: Math.abs(units) < LEAST_KERN ? 0 : units,
        text,
      };
    });
  }

  function fromCluster({ parts, advance, text }: Cluster): Shape {
    const [only] = parts;
    if (parts.length === 1 && only?.x === 0 && only.y === 0) {
      const own = font.getGlyph(only.id).advanceWidth;
      return {
        glyph: subset.includeGlyph(only.id),
        advance: Math.round(own * scale),
        kern: Math.round((advance - own) * scale),
        text,
      };
    }
    return { glyph: compose(parts, advance), advance: Math.round(advance * scale), kern: 0, text };
  }

  function singles(clusters: readonly string[]): Cluster[] {
    return clusters.map((cluster) => {
      const { id, advanceWidth } = font.glyphForCodePoint(cluster.codePointAt(0) ?? 0);
      return { parts: [{ id, x: 0, y: 0 }], advance: advanceWidth, text: cluster };
    });
  }

  /** By fontkit: letters that the pair shaper leaves to the font. */
  function kerned(text: string): Cluster[] {
    const { glyphs, positions } = font.layout(text);
    return glyphs.map(({ id, codePoints, advanceWidth }, index) => ({
      parts: [{ id, x: 0, y: 0 }],
      advance: positions[index]?.xAdvance ?? advanceWidth,
      text: String.fromCodePoint(...codePoints),
    }));
  }

  function fromClusters(text: string, rightToLeft: boolean): Shape[] {
    if (ONLY_SINGLE.test(text)) return singles(text.match(EACH_SINGLE) ?? []).map(fromCluster);
    if (ONLY_KERNED_OR_SPACES.test(text) && !rightToLeft) return kerned(text).map(fromCluster);
    shapeAll ??= createShaper(bytes);
    return shapeAll(text, rightToLeft).map(fromCluster);
  }

  function write({ glyph, advance, kern }: Shape, text: string): string {
    const code = codeOf(glyph, advance, text);
    return kern === 0 ? code : `${code})${-kern}(`;
  }

  function unseen(text: string): Shape {
    return { glyph: compose([], 0), advance: 0, kern: 0, text };
  }

  /** @param spelled whether the codes tell their letters by themselves, in every reader, ligatures too */
  function together(shapes: readonly Shape[], spelled: boolean): ShapedText {
    let fragment = '';
    let text = '';
    let width = 0;
    for (const shape of shapes) {
      const [, letters = shape.text, marks = ''] = spelled ? [] : (MARKED.exec(shape.text) ?? []);
      fragment += write(shape, letters);
      if (marks !== '') fragment += write(unseen(marks), marks);
      text += shape.text;
      width += shape.advance + shape.kern;
    }
    const plain = spelled || shapes.every((shape) => isLetter(shape.text));
    const shaped = [{ fragment: flat(fragment), actualText: plain ? null : text }];
    return { shaped: fragment === '' ? [] : shaped, width, glyphs: shapes.length };
  }

  return {
    name,
    font,
    write,
    full: () => coded.length > MOST_CODES - RESERVE,
    shape(text) {
      const pairs = shapePairs(text);
      if (pairs !== null) return together(fromPairs(pairs), true);
      return together(fromClusters(text, false), ONLY_KERNED_OR_SPACES.test(text));
    },
    shapesOf(text, rightToLeft) {
      const pairs = rightToLeft ? null : shapePairs(text);
      return pairs === null ? fromClusters(text, rightToLeft) : fromPairs(pairs);
    },
    unseen,
    used: () => ({ coded, widths, subset }),
  };
}

/** pdf.js takes a code whose text has a mark for one without width: then the mark has a code of its own. */
const MARKED = /^([^\p{Mn}\p{Cf}]+)([\p{Mn}\p{Cf}].*)$/su;

function isLetter(text: string): boolean {
  return text.length === ((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}

/** A string built piece by piece is stored as a tree of pieces; plain bytes are better to remember. */
function flat(fragment: string): string {
  return Buffer.from(fragment, 'latin1').toString('latin1');
}

/** Bytes that would need escaping in a PDF string, and are therefore never used. */
const ESCAPED = new Set([0x0a, 0x0d, 0x28, 0x29, 0x5c]);
export const ONE_BYTE = { first: 0x20, last: 0xdf } as const;
export const TWO_BYTES = { first: 0xe0, last: 0xff, secondFirst: 0x20, secondLast: 0xff } as const;
/** Two-byte codes alone: what a typeface can surely give. */
const MOST_CODES =
  (TWO_BYTES.last - TWO_BYTES.first + 1) * (TWO_BYTES.secondLast - TWO_BYTES.secondFirst + 1 - 3);

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
