/** `GET /<pathname>`: signed reads of private blobs, whole or in part. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { header } from '../wire/messages.ts';
import type { Blob, Disk } from './disk.ts';
import { blobFault } from './errors.ts';
import { refuses } from './signing.ts';
import { disposition } from './uploads.ts';

/** @param owner whether the request has the store's own token */
export async function answerRead(
  disk: Disk,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  owner: boolean,
): Promise<void> {
  const pathname = pathnameOf(url);
  const operation = request.method === 'HEAD' ? 'head' : 'get';
  const blob = await disk.find(pathname);
  // without a signature nobody may learn which private blobs exist
  const refusal = owner ? null : refuses(url.searchParams, pathname, operation, Date.now());
  if (blob?.access !== 'public' && refusal !== null) {
    throw blobFault('forbidden', `Access denied: ${refusal}`);
  }
  if (blob === null) throw blobFault('not_found', 'The requested blob does not exist');

  const headers = {
    'content-type': blob.contentType,
    'content-disposition': disposition(blob, url.searchParams.get('download') === '1'),
    'cache-control': blob.access === 'private' ? 'private, no-cache' : blob.cacheControl,
    'last-modified': new Date(blob.uploadedAt).toUTCString(),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    etag: blob.etag,
  };
  if (header(request, 'if-none-match') === blob.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const range = rangeOf(request, blob);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${blob.size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: blob.size - 1 };
  response.writeHead(range === null ? 200 : 206, {
    ...headers,
    'content-length': end - start + 1,
    ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${blob.size}` }),
  });
  if (operation === 'head' || blob.size === 0) {
    response.end();
    return;
  }
  // a reader who leaves halfway is not our fault
  await pipeline(disk.read(pathname, { start, end }), response).catch(() => response.destroy());
}

function pathnameOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname.slice(1));
  } catch {
    throw blobFault('bad_request', 'The path is not valid percent-encoding');
  }
}

/** One range only. Several ranges, or a stale If-Range, get the whole (RFC 9110, 14.2). */
function rangeOf(
  request: IncomingMessage,
  blob: Blob,
): { start: number; end: number } | 'unsatisfiable' | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header(request, 'range') ?? '');
  const [, first = '', last = ''] = found ?? [];
  if (found === null || (first === '' && last === '')) return null;
  const ifRange = header(request, 'if-range');
  if (ifRange !== null && ifRange !== blob.etag) return null;
  const final = blob.size - 1;
  const start = first === '' ? Math.max(0, blob.size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? final : Math.min(final, Number(last));
  if (first !== '' && last !== '' && Number(last) < start) return null;
  return start > final || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}
