/** The table of places as one gzipped file: parallel plain arrays, used where they were unpacked. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Texts, textsOf } from './place-texts.ts';

/** Places are ordered by population, largest first; keys by the bytes of their text. */
export interface PlaceTable {
  zones: string[];
  /** ISO 3166-1; a country's area has the same index. The first entry is empty. */
  countries: string[];
  /** Names of areas: countries, then their regions, then the regions' districts. */
  areas: Texts;
  /** the area that an area belongs to; 0 for countries */
  parentOf: Uint16Array;
  areaKeys: Texts;
  /** the area that the key at the same index names */
  areaOfKey: Uint16Array;
  ids: Uint32Array;
  /** hundred-thousandths of a degree */
  latitudes: Int32Array;
  longitudes: Int32Array;
  /** 0 where it is not known */
  populations: Uint32Array;
  zoneOf: Uint16Array;
  /** the smallest area known: a district, a region or a country */
  areaOf: Uint16Array;
  names: Texts;
  keys: Texts;
  /** twice the index of the place that the key names; 1 more if that is not its printed name */
  placeOfKey: Uint32Array;
}

const WIDE = ['ids', 'latitudes', 'longitudes', 'populations', 'placeOfKey'] as const;
const SHORT = ['zoneOf', 'areaOf', 'parentOf', 'areaOfKey'] as const;
const TEXTS = ['areas', 'areaKeys', 'names', 'keys'] as const;
const ALIGNED = 4;

export function encodePlaces(table: PlaceTable): Buffer {
  const { zones, countries } = table;
  const parts = [
    ...[...WIDE, ...SHORT].map((name) => bytesOf(table[name])),
    ...TEXTS.map((name) => table[name].bytes),
  ];
  const sizes = parts.map((part) => part.length);
  const header = Buffer.from(JSON.stringify({ zones, countries, sizes }));
  const length = Buffer.alloc(ALIGNED);
  length.writeUInt32LE(header.length);
  const padded = [length, header, ...parts].map((part) =>
    Buffer.concat([part, Buffer.alloc(aligned(part.length) - part.length)]),
  );
  return gzipSync(Buffer.concat(padded), { level: 9 });
}

interface Header {
  zones: string[];
  countries: string[];
  sizes: number[];
}

/** The inverse. The file ships with the code, so its shape is not checked again. */
export function decodePlaces(file: Buffer): PlaceTable {
  // a gzip file ends with its unpacked size: unpacked in one piece, it needs its memory once
  const raw = gunzipSync(file, { chunkSize: file.readUInt32LE(file.length - 4) });
  const length = raw.readUInt32LE(0);
  const { zones, countries, sizes } = JSON.parse(
    raw.toString('utf8', ALIGNED, ALIGNED + length),
  ) as Header;
  let at = raw.byteOffset + aligned(ALIGNED + length);
  const parts = sizes.map((size) => {
    const start = at;
    at += aligned(size);
    return { start, size };
  });
  const next = () => parts.shift() ?? { start: 0, size: 0 };
  const wide = () => {
    const { start, size } = next();
    return new Uint32Array(raw.buffer, start, size / 4);
  };
  const signed = () => {
    const { start, size } = next();
    return new Int32Array(raw.buffer, start, size / 4);
  };
  const short = () => {
    const { start, size } = next();
    return new Uint16Array(raw.buffer, start, size / 2);
  };
  const texts = () => {
    const { start, size } = next();
    return textsOf(Buffer.from(raw.buffer, start, size));
  };
  // in the order of WIDE, SHORT and TEXTS
  return {
    zones,
    countries,
    ids: wide(),
    latitudes: signed(),
    longitudes: signed(),
    populations: wide(),
    placeOfKey: wide(),
    zoneOf: short(),
    areaOf: short(),
    parentOf: short(),
    areaOfKey: short(),
    areas: texts(),
    areaKeys: texts(),
    names: texts(),
    keys: texts(),
  };
}

function bytesOf(array: Uint32Array | Int32Array | Uint16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNED) * ALIGNED;
}
