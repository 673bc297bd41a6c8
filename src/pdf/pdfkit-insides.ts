/**
 * The parts of pdfkit that this folder needs and that its types do not show: object offsets (to pack small objects
 * together), the catalogue, and a page's reusable resources. pdfkit's own structure elements and outline stay in memory
 * until the end, about 100 MB for a document of 1,725 pages. All of it is checked when a document is opened: a changed
 * pdfkit then fails at once instead of writing a broken file.
 */
import type { EventEmitter } from 'node:events';
import { AlmanacError } from '../domain/errors.ts';

export interface Reference {
  id: number;
  data: Record<string, unknown>;
  /** whether a stream is deflated; pdfkit decides before the object is made */
  compress: boolean;
  write(chunk: string | Uint8Array): void;
  end(chunk?: string | Uint8Array): void;
}

export interface PageInsides {
  content: Reference;
  resources: Reference;
  dictionary: Reference;
}

export interface DocumentInsides extends EventEmitter {
  /** null before the first page, whatever its types say */
  page: PageInsides;
  info: Record<string, unknown>;
  _root: Reference;
  /** exists once the document ends: see infoOf */
  _info?: Reference;
  _id: Uint8Array;
  /** byte offset of each object, by id - 1 */
  _offsets: (number | null)[];
  _offset: number;
  /** objects that are allocated but not written yet: pdfkit finishes the file when none is left */
  _waiting: number;
  _write(data: string | Uint8Array): void;
  ref(data?: object): Reference;
  addPage(): unknown;
  path(d: string): unknown;
  addNamedDestination(name: string, fit: 'XYZ', left: number, top: number, zoom: null): void;
  endMetadata(): void;
  /** writes the end of the file, after the last object */
  _finalize(): void;
  push(chunk: null): void;
  end(): void;
  read(): Uint8Array | null;
}

const EXPECTED = {
  _root: 'object',
  _id: 'object',
  _offsets: 'object',
  _offset: 'number',
  _waiting: 'number',
  _write: 'function',
  _finalize: 'function',
  endMetadata: 'function',
  ref: 'function',
  path: 'function',
  addNamedDestination: 'function',
} as const;

/** @throws AlmanacError `render` when this pdfkit is not the version that the renderer was written for */
export function insidesOf(document: object): DocumentInsides {
  if (!hasInsides(document)) throw hasChanged();
  return document;
}

function hasChanged(): AlmanacError {
  const message = 'pdfkit has changed internally: see src/pdf/pdfkit-insides.ts';
  return new AlmanacError('render', message);
}

/** @throws AlmanacError `render` before the document has ended, or with another pdfkit */
export function infoOf({ _info }: DocumentInsides): Reference {
  if (typeof _info?.id !== 'number') throw hasChanged();
  return _info;
}

function hasInsides(document: object): document is DocumentInsides {
  return Object.entries(EXPECTED).every(
    ([name, type]) => typeof Reflect.get(document, name) === type,
  );
}

/** Passes the file's bytes on as they come, queued ones first: pdfkit queues each line of the file in its stream. */
export function writeStraightTo(out: DocumentInsides, write: (bytes: Uint8Array) => void): void {
  for (let chunk = out.read(); chunk !== null; chunk = out.read()) write(chunk);
  out._write = (data) => {
    const bytes = typeof data === 'string' ? Buffer.from(`${data}\n`, 'latin1') : data;
    write(bytes);
    out._offset += bytes.length;
  };
}
