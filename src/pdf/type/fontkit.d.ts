/** What the renderer uses of fontkit 2, which ships no types of its own. */
declare module 'fontkit' {
  export interface Glyph {
    id: number;
    codePoints: number[];
    /** font units */
    advanceWidth: number;
    bbox: Box;
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
  export interface Box {
    minX: number;
    minY: number;
    maxX: number;
    maxY: number;
  }
  export interface Subset {
    /** @returns the glyph's id within the subset */
    includeGlyph(id: number): number;
    encode(): Uint8Array;
    /** while encoding: writes a glyph and says which it is */
    _addGlyph(id: number): number;
    glyf: Uint8Array[];
    /** version 1 has long offsets */
    loca: { offsets: number[]; version: 0 | 1 };
    hmtx: { metrics: { advance: number; bearing: number }[] };
    offset: number;
  }
  export interface Font {
    postscriptName: string;
    unitsPerEm: number;
    ascent: number;
    descent: number;
    capHeight: number;
    italicAngle: number;
    bbox: Box;
    /** the table of PostScript outlines, where the font has them */
    'CFF '?: object;
    maxp: {
      maxComponentElements: number;
      maxComponentDepth: number;
      maxCompositePoints: number;
      maxCompositeContours: number;
    };
    /** all code points */
    characterSet: number[];
    getGlyph(id: number): Glyph;
    glyphForCodePoint(codePoint: number): Glyph;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): GlyphRun;
    createSubset(): Subset;
  }
  export interface Collection {
    fonts: Font[];
  }
  export function create(bytes: Uint8Array): Font | Collection;
}
