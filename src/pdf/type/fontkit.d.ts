/** What the renderer uses of fontkit 2, which ships no types of its own. */
declare module 'fontkit' {
  export interface Glyph {
    id: number;
    codePoints: number[];
    /** font units */
    advanceWidth: number;
  }
  /** Font units. */
  export interface GlyphPosition {
    xAdvance: number;
    xOffset: number;
    yOffset: number;
  }
  export interface GlyphRun {
    glyphs: Glyph[];
    positions: GlyphPosition[];
    direction: 'ltr' | 'rtl';
  }
  export interface Subset {
    /** @returns the glyph's id within the subset */
    includeGlyph(id: number): number;
    encode(): Uint8Array;
  }
  export interface Font {
    postscriptName: string;
    unitsPerEm: number;
    ascent: number;
    descent: number;
    capHeight: number;
    italicAngle: number;
    bbox: { minX: number; minY: number; maxX: number; maxY: number };
    /** the table of PostScript outlines, where the font has them */
    'CFF '?: object;
    getGlyph(id: number): Glyph;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): GlyphRun;
    createSubset(): Subset;
  }
  export interface Collection {
    fonts: Font[];
  }
  export function create(bytes: Uint8Array): Font | Collection;
}
