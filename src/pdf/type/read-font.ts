/**
 * Reads a font file. WOFF is unpacked here with zlib: fontkit does it in JavaScript, which took a second for the fonts
 * of one book. Format: W3C, WOFF File Format 1.0.
 */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { create, type Font } from 'fontkit';
import { AlmanacError } from '../../domain/errors.ts';
import { resolveFontFile } from './font-files.ts';

export interface FontFile {
  font: Font;
  /** unpacked */
  bytes: Uint8Array;
}

/** @throws AlmanacError `render` for a collection of fonts, or for outlines other than TrueType's */
export function readFont(file: string): FontFile {
  const stored = readFileSync(resolveFontFile(file));
  const bytes = stored.toString('latin1', 0, 4) === 'wOFF' ? unpack(stored) : stored;
  const opened = create(bytes);
  if ('fonts' in opened) throw new AlmanacError('render', `${file} is a collection, not a font`);
  if (opened['CFF '] !== undefined) {
    throw new AlmanacError(
      'render',
      `${file} has PostScript outlines; the renderer embeds TrueType`,
    );
  }
  return { font: opened, bytes };
}

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

function unpack(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const header = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
  woff.copy(header, 0, 4, 8); // flavour
  header.writeUInt16BE(count, 4);
  const chunks: Buffer[] = [header];
  let offset = header.length;
  for (let index = 0; index < count; index += 1) {
    const at = WOFF_HEADER + index * WOFF_ENTRY;
    const packed = woff.subarray(woff.readUInt32BE(at + 4));
    const packedLength = woff.readUInt32BE(at + 8);
    const length = woff.readUInt32BE(at + 12);
    const body = packed.subarray(0, packedLength);
    const table = packedLength < length ? inflateSync(body) : body;
    const entry = SFNT_HEADER + index * SFNT_ENTRY;
    woff.copy(header, entry, at, at + 4); // tag
    woff.copy(header, entry + 4, at + 16, at + 20); // checksum
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(length, entry + 12);
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
    table.copy(padded);
    chunks.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(chunks);
}
