/** Writes a typeface into the PDF: subset file, descriptor, widths, code map and text map. */
import type { DocumentInsides, Reference } from '../pdfkit-insides.ts';
import { type CodedGlyph, ONE_BYTE, TWO_BYTES, type Typeface } from './typeface.ts';

const IDENTITY = {
  Registry: new String('Adobe'),
  Ordering: new String('Identity'),
  Supplement: 0,
};

/** @param index part of the subset's name: it makes names unique, with nothing random */
export function embedTypeface(
  out: DocumentInsides,
  dictionary: Reference,
  face: Typeface,
  index: number,
): void {
  const { font } = face;
  const { coded, widths, subset } = face.used();
  const scale = 1000 / font.unitsPerEm;
  const name = `${subsetTag(index)}+${font.postscriptName.replaceAll(' ', '_')}`;
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
    FontFile2: write(out, {}, subset.encode()),
  });
  const byCode = coded.toSorted((a, b) => numberOf(a.code) - numberOf(b.code));
  const descendant = write(out, {
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: IDENTITY,
    FontDescriptor: descriptor,
    W: byCode.flatMap(({ code, glyph }) => [numberOf(code), [widths[glyph] ?? 0]]),
    CIDToGIDMap: write(out, {}, glyphMap(byCode)),
  });
  const cmapName = `Almanac-${face.name}`;
  dictionary.data = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: write(
      out,
      { Type: 'CMap', CMapName: cmapName, CIDSystemInfo: IDENTITY },
      cmap(cmapName, 'Identity', 1, SAME_NUMBERS),
    ),
    DescendantFonts: [descendant],
    ToUnicode: write(out, {}, cmap(`${cmapName}-text`, 'UCS', 2, textLines(byCode))),
  };
  dictionary.end();
}

/** A code as a number. It is also the character's CID, because some readers look the text up by CID. */
function numberOf(code: string): number {
  return Buffer.from(code, 'latin1').readUIntBE(0, code.length);
}

/** Two bytes per CID: the glyph in the subset. */
function glyphMap(byCode: readonly CodedGlyph[]): Buffer {
  const map = Buffer.alloc(2 * (1 + numberOf(byCode.at(-1)?.code ?? '\0')));
  for (const { code, glyph } of byCode) map.writeUInt16BE(glyph, 2 * numberOf(code));
  return map;
}

function write(out: DocumentInsides, data: object, stream?: string | Uint8Array): Reference {
  const reference = out.ref(data);
  reference.end(stream);
  return reference;
}

/** Six capital letters, which PDF requires before a subset's name. */
function subsetTag(index: number): string {
  const letter = (place: number) =>
    String.fromCharCode(65 + (Math.floor(index / 26 ** place) % 26));
  return `ALMN${letter(1)}${letter(0)}`;
}

const ONE = [hex(ONE_BYTE.first, 2), hex(ONE_BYTE.last, 2)] as const;
const TWO = [
  hex(TWO_BYTES.first, 2) + hex(TWO_BYTES.secondFirst, 2),
  hex(TWO_BYTES.last, 2) + hex(TWO_BYTES.secondLast, 2),
] as const;
const SAME_NUMBERS = `2 begincidrange
<${ONE[0]}> <${ONE[1]}> ${Number.parseInt(ONE[0], 16)}
<${TWO[0]}> <${TWO[1]}> ${Number.parseInt(TWO[0], 16)}
endcidrange`;

/** At most 100 entries per block. */
function textLines(byCode: readonly CodedGlyph[]): string {
  const blocks: string[] = [];
  for (let at = 0; at < byCode.length; at += 100) {
    const lines = byCode
      .slice(at, at + 100)
      .map(({ code, text }) => `<${hex(numberOf(code), code.length * 2)}> <${utf16Hex(text)}>`);
    blocks.push(`${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  return blocks.join('\n');
}

/** ISO 32000-1, 9.7.5.4. @param type 1 maps codes to CIDs, 2 to text */
function cmap(name: string, ordering: string, type: 1 | 2, lines: string): string {
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 0 >> def
/CMapName /${name} def
/CMapType ${type} def
2 begincodespacerange
<${ONE[0]}> <${ONE[1]}>
<${TWO[0]}> <${TWO[1]}>
endcodespacerange
${lines}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
/** UTF-16BE as hexadecimal digits */
export function utf16Hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}
