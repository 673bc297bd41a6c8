/**
 * Makes one glyph of several, for a letter with its marks or any other shape that needs more than one glyph of its font.
 * The PDF then has one code per piece of text: no text reader can reorder or part what belongs together, letter spacing
 * cannot pull marks off their letters, and both offsets are in the font. Format: OpenType, table `glyf`, composite glyphs.
 */
import type { Font, Subset } from 'fontkit';
import type { Part } from './shape-text.ts';

const COMPOSITE = -1;
const WORDS = 0x0001;
const XY_VALUES = 0x0002;
const MORE = 0x0020;
const UNSCALED_OFFSET = 0x1000;
/** Ids from here on are ours: a font has at most 65,535 glyphs. */
const FIRST_OWN = 0x10000;

/** @returns a function that adds a glyph made of parts to the subset, and gives its id there */
export function composeInto(
  font: Font,
  subset: Subset,
): (parts: readonly Part[], advance: number) => number {
  const known = new Map<string, number>();
  const made = new Map<number, { parts: readonly Part[]; advance: number }>();
  const addPlain = subset._addGlyph.bind(subset);

  subset._addGlyph = (id) => {
    subset.loca.version = 1; // composites may make the subset longer than short offsets can say
    const own = made.get(id);
    if (own === undefined) return addPlain(id);
    const { bytes, left } = write(font, subset, own.parts);
    subset.glyf.push(bytes);
    subset.loca.offsets.push(subset.offset);
    subset.hmtx.metrics.push({ advance: own.advance, bearing: left });
    subset.offset += bytes.length;
    return subset.glyf.length - 1;
  };

  return (parts, advance) => {
    const key = `${advance} ${parts.map(({ id, x, y }) => `${id},${x},${y}`).join(' ')}`;
    let id = known.get(key);
    if (id === undefined) {
      id = FIRST_OWN + known.size;
      known.set(key, id);
      made.set(id, { parts, advance });
      const { maxp } = font;
      maxp.maxComponentElements = Math.max(maxp.maxComponentElements, parts.length);
      maxp.maxComponentDepth = Math.max(maxp.maxComponentDepth, 4);
      maxp.maxCompositePoints = 0xffff;
      maxp.maxCompositeContours = 0xffff;
    }
    return subset.includeGlyph(id);
  };
}

function write(
  font: Font,
  subset: Subset,
  parts: readonly Part[],
): { bytes: Uint8Array; left: number } {
  if (parts.length === 0) return { bytes: new Uint8Array(), left: 0 };
  // a part without outlines adds nothing, and its box is not a number
  const boxes = parts.flatMap(({ id, x, y }) => {
    const { minX, minY, maxX, maxY } = font.getGlyph(id).bbox;
    return Number.isFinite(minX) ? [[minX + x, minY + y, maxX + x, maxY + y] as const] : [];
  });
  const edge = (at: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) =>
    boxes.length === 0 ? 0 : Math.round(pick(...boxes.map((box) => box[at])));
  const left = edge(0, Math.min);
  const bytes = Buffer.alloc(10 + 8 * parts.length);
  const header = [COMPOSITE, left, edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
  for (const [index, value] of header.entries()) bytes.writeInt16BE(value, 2 * index);
  parts.forEach(({ id, x, y }, index) => {
    const at = 10 + 8 * index;
    const more = index < parts.length - 1 ? MORE : 0;
    bytes.writeUInt16BE(WORDS | XY_VALUES | UNSCALED_OFFSET | more, at);
    bytes.writeUInt16BE(subset.includeGlyph(id), at + 2);
    bytes.writeInt16BE(x, at + 4);
    bytes.writeInt16BE(y, at + 6);
  });
  return { bytes, left };
}
