/** Writes a typeface into the PDF: subset file, descriptor, widths, code map and text map. */
import type { DocumentInsides, Reference } from './pdfkit-insides.ts';
import { type CodedGlyph, ONE_BYTE, TWO_BYTES, type Typeface } from './typeface.ts';

const IDENTITY = {
  Registry: new String('Adobe'),
  Ordering: new String('Identity'),
  Supplement: 0,
};

/** @param index stands in the subset's name, so that names differ and never depend on chance */
export function embedTypeface(
  out: DocumentInsides,
  dictionary: Reference,
  face: Typeface,
  index: number,
): void {
  const { font } = face;
  const { coded, widths, subset } = face.used();
  const scale = 1000 / font.unitsPerEm;
  const bytes = subset.encode();
  // fontkit marks a CFF subset by this field; such outlines need other keys
  const isCff = Reflect.get(subset, 'cff') != null;
  const name = `${subsetTag(index)}+${font.postscriptName.replaceAll(' ', '_')}`;
  const file = write(out, isCff ? { Subtype: 'CIDFontType0C' } : {}, bytes);
  const italic = font.italicAngle !== 0;
  const descriptor = write(out, {
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4 | (italic ? 64 : 0), // symbolic: its codes follow no standard encoding
    FontBBox: [font.bbox.minX, font.bbox.minY, font.bbox.maxX, font.bbox.maxY].map(
      (v) => v * scale,
    ),
    ItalicAngle: font.italicAngle,
    Ascent: font.ascent * scale,
    Descent: font.descent * scale,
    CapHeight: (font.capHeight || font.ascent) * scale,
    StemV: 80,
    [isCff ? 'FontFile3' : 'FontFile2']: file,
  });
  const descendant = write(out, {
    Type: 'Font',
    Subtype: isCff ? 'CIDFontType0' : 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: IDENTITY,
    FontDescriptor: descriptor,
    W: [0, Array.from(widths, (width) => width ?? 0)],
    ...(isCff ? {} : { CIDToGIDMap: 'Identity' }),
  });
  const cmapName = `Almanac-${face.name}`;
  dictionary.data = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: write(
      out,
      { Type: 'CMap', CMapName: cmapName, CIDSystemInfo: IDENTITY },
      cmap(cmapName, 'Identity', 'cidchar', coded, ({ glyph }) => String(glyph)),
    ),
    DescendantFonts: [descendant],
    ToUnicode: write(
      out,
      {},
      cmap(`${cmapName}-text`, 'UCS', 'bfchar', coded, ({ text }) => `<${utf16Hex(text)}>`),
    ),
  };
  dictionary.end();
}

function write(out: DocumentInsides, data: object, stream?: string | Uint8Array): Reference {
  const reference = out.ref(data);
  reference.end(stream);
  return reference;
}

/** Six capital letters, as PDF asks of a subset's name. */
function subsetTag(index: number): string {
  const letter = (place: number) =>
    String.fromCharCode(65 + (Math.floor(index / 26 ** place) % 26));
  return `ALMN${letter(1)}${letter(0)}`;
}

/** ISO 32000-1, 9.7.5.4; at most 100 entries a block. */
function cmap(
  name: string,
  ordering: string,
  kind: 'cidchar' | 'bfchar',
  coded: readonly CodedGlyph[],
  target: (entry: CodedGlyph) => string,
): string {
  const blocks: string[] = [];
  for (let at = 0; at < coded.length; at += 100) {
    const lines = coded
      .slice(at, at + 100)
      .map((entry) => `<${latin1Hex(entry.code)}> ${target(entry)}`);
    blocks.push(`${lines.length} begin${kind}\n${lines.join('\n')}\nend${kind}`);
  }
  const two = TWO_BYTES;
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 0 >> def
/CMapName /${name} def
/CMapType ${kind === 'bfchar' ? 2 : 1} def
2 begincodespacerange
<${hex(ONE_BYTE.first, 2)}> <${hex(ONE_BYTE.last, 2)}>
<${hex(two.first, 2)}${hex(two.secondFirst, 2)}> <${hex(two.last, 2)}${hex(two.secondLast, 2)}>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
function latin1Hex(code: string): string {
  return Buffer.from(code, 'latin1').toString('hex');
}
/** UTF-16BE as hexadecimal digits */
export function utf16Hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}
