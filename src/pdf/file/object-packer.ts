/**
 * Packs small objects into compressed streams and lists all objects in a compressed table (ISO 32000-1, 7.5.7, 7.5.8).
 * pdfkit does neither. A long book has 34,000 structure elements, links and pages. As plain text with one table line
 * each they take 3.9 MB of 8.7.
 */
import { deflateSync } from 'node:zlib';
import { type DocumentInsides, infoOf, type Reference } from '../pdfkit-insides.ts';

export interface ObjectPacker {
  /** Reserves an object's id without making a pdfkit object. */
  allocate(): number;
  /** The same, in a form that pdfkit's dictionaries can refer to. */
  refer(): Reference;
  /** @param body everything between `obj` and `endobj`, Latin-1; never a stream */
  write(id: number, body: string): void;
}

/** Objects per stream. A reader unpacks them all to see one, and larger streams hardly compress better. */
const TOGETHER = 250;

/** From now on all objects of the document that are not streams are packed, including pdfkit's own. */
export function packObjects(out: DocumentInsides): ObjectPacker {
  /** by id: the stream that the object is in, and its position there */
  const packedIn: (readonly [stream: number, index: number] | undefined)[] = [];
  let ids: number[] = [];
  let bodies: string[] = [];

  function allocate(): number {
    out._offsets.push(null);
    out._waiting += 1;
    return out._offsets.length;
  }

  function pack(id: number, body: string): void {
    ids.push(id);
    bodies.push(body);
    if (ids.length === TOGETHER) flush();
  }

  function flush(): void {
    if (ids.length === 0) return;
    out._offsets.push(out._offset);
    const stream = out._offsets.length;
    let at = 0;
    const index = ids.map((id, place) => {
      packedIn[id] = [stream, place];
      const entry = `${id} ${at}`;
      at += (bodies[place]?.length ?? 0) + 1;
      return entry;
    });
    const head = `${index.join(' ')}\n`;
    const packed = deflateSync(Buffer.from(head + bodies.join('\n'), 'latin1'));
    writeStream(
      stream,
      `/Type/ObjStm/N ${ids.length}/First ${head.length}/Filter/FlateDecode`,
      packed,
    );
    ids = [];
    bodies = [];
  }

  function writeStream(id: number, entries: string, packed: Uint8Array): void {
    raw(`${id} 0 obj`);
    raw(`<<${entries}/Length ${packed.length}>>`);
    raw('stream');
    raw(packed);
    raw('\nendstream');
    raw('endobj');
  }

  // pdfkit writes an object in pieces: its number, its dictionary, then `stream` or `endobj`
  const raw = out._write.bind(out);
  let number: string | null = null;
  let dictionary: string | null = null;
  out._write = (piece) => {
    if (typeof piece === 'string' && number === null && / 0 obj$/.test(piece)) {
      number = piece;
    } else if (typeof piece === 'string' && number !== null && dictionary === null) {
      dictionary = piece;
    } else if (number !== null && dictionary !== null) {
      if (piece === 'endobj') {
        pack(Number.parseInt(number, 10), dictionary);
      } else {
        raw(number);
        raw(dictionary);
        raw(piece);
      }
      number = null;
      dictionary = null;
    } else {
      raw(piece);
    }
  };

  out._finalize = () => {
    flush();
    const start = out._offset;
    out._offsets.push(start);
    const table = out._offsets.length;
    const rows = [[0, 0, 65_535]];
    out._offsets.forEach((offset, index) => {
      const packed = packedIn[index + 1];
      rows.push(packed === undefined ? [1, offset ?? 0, 0] : [2, ...packed]);
    });
    const id = Buffer.from(out._id).toString('hex');
    const columns = `/W[${WIDTHS.join(' ')}]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${ROW}>>`;
    writeStream(
      table,
      `/Type/XRef/Size ${table + 1}/Root ${out._root.id} 0 R/Info ${infoOf(out).id} 0 R/ID[<${id}><${id}>]${columns}`,
      deflateSync(risesOf(rows)),
    );
    raw(`startxref\n${start}\n%%EOF`);
    out.push(null);
  };

  return {
    allocate,
    refer: () => out.ref(),
    write(id, body) {
      out._waiting -= 1;
      pack(id, body);
    },
  };
}

/** Bytes of a row's fields: kind, offset or stream, generation or position. */
const WIDTHS = [1, 4, 2] as const;
const ROW = 7;

/** Each byte as its difference from the row above. Neighbours differ little, so this compresses well. */
function risesOf(rows: readonly (readonly number[])[]): Buffer {
  const rises = Buffer.alloc(rows.length * (ROW + 1));
  let above = Buffer.alloc(ROW);
  rows.forEach(([kind = 0, second = 0, third = 0], index) => {
    const row = Buffer.alloc(ROW);
    row.writeUInt8(kind, 0);
    row.writeUInt32BE(second, 1);
    row.writeUInt16BE(third, 5);
    const at = index * (ROW + 1);
    rises[at] = 2; // the "up" filter
    for (let byte = 0; byte < ROW; byte += 1) {
      rises[at + 1 + byte] = ((row[byte] ?? 0) - (above[byte] ?? 0)) & 255;
    }
    above = row;
  });
  return rises;
}
