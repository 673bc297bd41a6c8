/** `PUT /` and `POST /mpu`: whole uploads, and uploads in parts. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import { header, readText } from '../wire/messages.ts';
import type { Blob, BlobDescription, Disk, Part } from './disk.ts';
import { blobFault } from './errors.ts';

interface Upload {
  description: BlobDescription;
  parts: Map<number, Part>;
}

export interface Uploads {
  /** @param query has the `pathname` */
  put(request: IncomingMessage, query: URLSearchParams): Promise<Blob>;
  /** One step of an upload in parts. @returns the answer's body, or the blob when it is complete */
  multipart(request: IncomingMessage, query: URLSearchParams): Promise<object>;
}

const MOST_PATHNAME = 950;
const ONE_MONTH_SECONDS = 30 * 24 * 60 * 60;

/** @param storeId part of the host in the URLs that we return */
export function createUploads(disk: Disk, storeId: string): Uploads {
  const uploads = new Map<string, Upload>();

  const describe = async (
    request: IncomingMessage,
    query: URLSearchParams,
  ): Promise<BlobDescription> => {
    const wanted = query.get('pathname') ?? '';
    if (wanted === '' || wanted.length > MOST_PATHNAME || wanted.includes('//')) {
      throw blobFault('bad_request', `Invalid pathname: "${wanted}"`);
    }
    const pathname = header(request, 'x-add-random-suffix') === '1' ? suffixed(wanted) : wanted;
    const standing = await disk.find(pathname);
    const ifMatch = header(request, 'x-if-match');
    if (ifMatch !== null && standing?.etag !== ifMatch) {
      throw blobFault('precondition_failed', 'ETag mismatch');
    }
    if (standing !== null && ifMatch === null && header(request, 'x-allow-overwrite') !== '1') {
      throw blobFault(
        'bad_request',
        'This blob already exists, use `allowOverwrite: true` if you want to overwrite it. Or `addRandomSuffix: true` to generate a unique filename.',
      );
    }
    const maxAge = header(request, 'x-cache-control-max-age') ?? String(ONE_MONTH_SECONDS);
    return {
      pathname,
      access: header(request, 'x-vercel-blob-access') === 'private' ? 'private' : 'public',
      contentType: header(request, 'x-content-type') ?? typeOf(pathname),
      cacheControl: `public, max-age=${maxAge}`,
    };
  };

  const complete = async (id: string, { description, parts }: Upload, list: string) => {
    const named: unknown = JSON.parse(list);
    if (!Array.isArray(named)) throw blobFault('bad_request', 'Expected a list of parts');
    const files = named
      .map((part: { partNumber?: unknown; etag?: unknown }) => {
        const stored = parts.get(Number(part.partNumber));
        if (stored === undefined || stored.etag !== part.etag) {
          throw blobFault(
            'bad_request',
            `Part ${String(part.partNumber)} was not uploaded with this etag`,
          );
        }
        return { number: Number(part.partNumber), file: stored.file };
      })
      .sort((a, b) => a.number - b.number) // the SDK lists them in the order they finished
      .map(({ file }) => file);
    const blob = await disk.write(description, Readable.from(concatenated(files)));
    uploads.delete(id);
    await disk.removeParts(id);
    return described(blob, storeId);
  };

  return {
    async put(request, query) {
      return disk.write(await describe(request, query), request);
    },
    async multipart(request, query) {
      const action = header(request, 'x-mpu-action');
      if (action === 'create') {
        const description = await describe(request, query);
        const uploadId = randomBytes(16).toString('hex');
        uploads.set(uploadId, { description, parts: new Map() });
        return { uploadId, key: description.pathname };
      }
      const id = header(request, 'x-mpu-upload-id') ?? '';
      const upload = uploads.get(id);
      if (upload === undefined) throw blobFault('bad_request', 'No such upload');
      if (action === 'complete') return complete(id, upload, await readText(request));
      if (action !== 'upload') throw blobFault('bad_request', 'Unknown x-mpu-action');
      const number = Number(header(request, 'x-mpu-part-number'));
      if (!Number.isInteger(number) || number < 1) {
        throw blobFault('bad_request', 'Invalid x-mpu-part-number');
      }
      const part = await disk.writePart(id, number, request);
      upload.parts.set(number, part);
      return { etag: part.etag };
    },
  };
}

/** The description of a blob in the answers to put, complete and head. */
export function described(blob: Blob, storeId: string) {
  const url = `https://${storeId}.${blob.access}.blob.vercel-storage.com/${blob.pathname
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`;
  return {
    ...blob,
    url,
    downloadUrl: `${url}?download=1`,
    contentDisposition: disposition(blob, false),
  };
}

/** A browser shows what it can, unless a download was requested. */
export function disposition(blob: Blob, download: boolean): string {
  const name = basename(blob.pathname);
  const shown = /^(application\/pdf|text\/plain|image\/|audio\/|video\/)/.test(blob.contentType);
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `${shown && !download ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

async function* concatenated(files: string[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file);
}

function suffixed(pathname: string): string {
  const extension = extname(pathname);
  const stem = extension === '' ? pathname : pathname.slice(0, -extension.length);
  return `${stem}-${randomBytes(15).toString('base64url')}${extension}`;
}

const TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.json': 'application/json',
  '.html': 'text/html',
  '.png': 'image/png',
};

function typeOf(pathname: string): string {
  return TYPES[extname(pathname)] ?? 'application/octet-stream';
}
