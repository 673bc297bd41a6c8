/** The table of places as one gzipped file: parallel plain arrays, 8 MB when loaded. */
import { gunzipSync, gzipSync } from 'node:zlib';

/** Places are ordered by population, largest first; keys by their text. */
export interface PlaceTable {
  zones: string[];
  countries: string[];
  /** the first entry is empty */
  regions: string[];
  ids: Uint32Array;
  /** hundred-thousandths of a degree */
  latitudes: Int32Array;
  longitudes: Int32Array;
  populations: Uint32Array;
  zoneOf: Uint16Array;
  countryOf: Uint16Array;
  regionOf: Uint16Array;
  names: Texts;
  keys: Texts;
  /** the place that the key at the same index belongs to */
  placeOfKey: Uint32Array;
}

/** Many short texts in one buffer, each decoded when read. */
export interface Texts {
  length: number;
  at(index: number): string;
  bytes: Buffer;
}

const ARRAYS = ['ids', 'latitudes', 'longitudes', 'populations', 'placeOfKey'] as const;
const LINE_FEED = 10;
const SHORT_ARRAYS = ['zoneOf', 'countryOf', 'regionOf'] as const;

export function encodePlaces(table: PlaceTable): Buffer {
  const parts = [
    ...ARRAYS.map((name) => bytesOf(table[name])),
    ...SHORT_ARRAYS.map((name) => bytesOf(table[name])),
    table.names.bytes,
    table.keys.bytes,
  ];
  const { zones, countries, regions } = table;
  const header = Buffer.from(
    JSON.stringify({ zones, countries, regions, sizes: parts.map((part) => part.length) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return gzipSync(Buffer.concat([length, header, ...parts]), { level: 9 });
}

interface Header {
  zones: string[];
  countries: string[];
  regions: string[];
  sizes: number[];
}

/** The inverse. The file ships with the code, so its shape is not checked again. */
export function decodePlaces(file: Buffer): PlaceTable {
  const raw = gunzipSync(file);
  const start = 4 + raw.readUInt32LE(0);
  const header = JSON.parse(raw.toString('utf8', 4, start)) as Header;
  let at = start;
  // copies, because typed arrays need aligned memory
  const parts = header.sizes.map((size) => {
    const part = new Uint8Array(size);
    part.set(raw.subarray(at, at + size));
    at += size;
    return part;
  });
  const part = (index: number) => parts[index] ?? new Uint8Array();
  return {
    zones: header.zones,
    countries: header.countries,
    regions: header.regions,
    ids: new Uint32Array(part(0).buffer),
    latitudes: new Int32Array(part(1).buffer),
    longitudes: new Int32Array(part(2).buffer),
    populations: new Uint32Array(part(3).buffer),
    placeOfKey: new Uint32Array(part(4).buffer),
    zoneOf: new Uint16Array(part(5).buffer),
    countryOf: new Uint16Array(part(6).buffer),
    regionOf: new Uint16Array(part(7).buffer),
    names: textsOf(Buffer.from(part(8).buffer)),
    keys: textsOf(Buffer.from(part(9).buffer)),
  };
}

/** @param bytes UTF-8, each text followed by a line feed */
export function textsOf(bytes: Buffer): Texts {
  let length = 0;
  for (const byte of bytes) if (byte === LINE_FEED) length += 1;
  const offsets = new Uint32Array(length);
  let from = 0;
  for (let i = 0; i < length; i += 1) {
    const end = bytes.indexOf(LINE_FEED, from);
    offsets[i] = end;
    from = end + 1;
  }
  return {
    bytes,
    length,
    at: (index) => {
      const from = index === 0 ? 0 : (offsets[index - 1] ?? 0) + 1;
      return bytes.toString('utf8', from, offsets[index]);
    },
  };
}

function bytesOf(array: Uint32Array | Int32Array | Uint16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
