/** Vercel Blob's stand-in: speaks the protocol of @vercel/blob 2.8 and keeps the files on disk. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from '../wire/control.ts';
import { createFaults } from '../wire/faults.ts';
import { createJournal } from '../wire/journal.ts';
import { header, parseObject, RequestFault, readText, sendJson } from '../wire/messages.ts';
import { delay, hangUp, slowness, stall, WIRE_KINDS } from '../wire/misbehave.ts';
import { type Listening, serve } from '../wire/server.ts';
import { type Disk, openDisk } from './disk.ts';
import { BLOB_ERRORS, type BlobErrorCode, blobFault } from './errors.ts';
import { answerRead } from './reads.ts';
import { issue, refuses } from './signing.ts';
import { createUploads, described, type Uploads } from './uploads.ts';

/** `broken_upload`: takes the first bytes of the body, then hangs up. */
const KINDS = [...WIRE_KINDS, 'broken_upload', '403', '404', '429', '500', '503'] as const;
const CODES: Record<string, BlobErrorCode> = {
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
  500: 'internal_server_error',
  503: 'service_unavailable',
};
/** `vercel_blob_rw_<store>_<secret>` */
const KEY = /^Bearer vercel_blob_rw_([A-Za-z0-9]+)_\S+$/;

export interface BlobOptions {
  host: string;
  port: number;
  seed: number;
  dataDir: string;
}

/** One request, as the stand-in saw it. */
export interface BlobEntry {
  method: string;
  pathname: string;
  /** `create`, `upload 2` or `complete` for an upload in parts; otherwise null */
  part: string | null;
  outcome: string;
  status: number | null;
}

export async function startBlob(options: BlobOptions): Promise<Listening> {
  const faults = createFaults(KINDS, options.seed);
  const journal = createJournal<BlobEntry>();
  const disk = await openDisk(options.dataDir);
  const stores = new Map<string, Uploads>();

  const answer = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const method = request.method ?? 'GET';
    const part = partOf(request);
    const pathname = url.searchParams.get('pathname') ?? url.pathname;
    const entry = journal.add({ method, pathname, part, outcome: 'open', status: null });
    response.once('close', () => {
      if (entry.outcome === 'open') {
        entry.outcome = response.writableFinished ? 'answered' : 'client_gone';
      }
      entry.status = response.writableFinished ? response.statusCode : null;
    });
    const met = faults.meet(`${method} ${url.pathname} ${pathname} ${part ?? ''}`);
    if (met !== null) entry.outcome = met.kind;
    const code = CODES[met?.kind ?? ''];
    if (code !== undefined) {
      const { body } = blobFault(code, `The sandbox was told to answer ${BLOB_ERRORS[code]}`);
      const wait = met?.retryAfter ?? null;
      const headers: Record<string, string> = wait === null ? {} : { 'retry-after': String(wait) };
      return sendJson(response, BLOB_ERRORS[code], body, headers);
    }
    if (met?.kind === 'dropped_connection') return hangUp(response);
    if (met?.kind === 'stalled_body') return stall(response);
    if (met?.kind === 'broken_upload') {
      request.once('data', () => hangUp(response));
      return;
    }
    if (met !== null && !(await delay(response, slowness(met)))) return;

    const storeId = KEY.exec(request.headers.authorization ?? '')?.[1] ?? null;
    if ((method === 'GET' || method === 'HEAD') && url.pathname !== '/') {
      return answerRead(disk, request, response, url, storeId !== null);
    }
    const body = await answerApi(disk, stores, request, url, storeId);
    if (met?.kind === 'lost_answer') return hangUp(response);
    sendJson(response, 200, body);
  };

  return serve(
    async (request, response, url) => {
      if (await answerControl({ faults, journal }, request, response, url)) return;
      await answer(request, response, url);
    },
    options.host,
    options.port,
  );
}

/** What a signed URL may do without a token, and the operation that it must be signed for. */
const SIGNED_ROUTES: Record<string, string> = {
  'PUT /': 'put',
  'POST /mpu': 'put',
  'DELETE /': 'delete',
};

/** @param storeId from the token; null without one: then the URL must be signed */
async function answerApi(
  disk: Disk,
  stores: Map<string, Uploads>,
  request: IncomingMessage,
  url: URL,
  storeId: string | null,
): Promise<object | null> {
  const query = url.searchParams;
  const pathname = query.get('pathname') ?? '';
  const route = `${request.method} ${url.pathname}`;
  const operation = SIGNED_ROUTES[route];
  const signed =
    operation !== undefined && refuses(query, pathname, operation, Date.now()) === null;
  if (storeId === null && !signed) {
    throw blobFault('forbidden', 'Access denied, please provide a valid token for this resource.');
  }
  const store = storeId ?? header(request, 'x-vercel-blob-store-id') ?? 'sandbox';
  const uploads = stores.get(store) ?? createUploads(disk, store);
  stores.set(store, uploads);

  switch (route) {
    case 'PUT /':
      return described(await uploads.put(request, query), store);
    case 'POST /mpu':
      return uploads.multipart(request, query);
    case 'DELETE /':
      await disk.remove(pathname);
      return null;
    case 'POST /delete': {
      const { urls } = parseObject(await readText(request));
      for (const name of Array.isArray(urls) ? urls.map(String) : []) {
        await disk.remove(pathnameIn(name));
      }
      return null;
    }
    case 'POST /signed-token': {
      const wish = parseObject(await readText(request));
      try {
        return issue(store, wish, Date.now());
      } catch (error) {
        throw blobFault('bad_request', error instanceof Error ? error.message : String(error));
      }
    }
    case 'GET /': {
      const wanted = query.get('url');
      if (wanted === null) return list(disk, query, store);
      const blob = await disk.find(pathnameIn(wanted));
      if (blob === null) throw blobFault('not_found', 'The requested blob does not exist');
      return described(blob, store);
    }
    default:
      throw new RequestFault(404, { error: { code: 'not_found', message: 'No such route' } });
  }
}

async function list(disk: Disk, query: URLSearchParams, storeId: string): Promise<object> {
  const prefix = query.get('prefix') ?? '';
  const limit = Number(query.get('limit') ?? 1_000);
  const start = Number(query.get('cursor') ?? 0);
  const found = (await disk.all()).filter((blob) => blob.pathname.startsWith(prefix));
  const hasMore = start + limit < found.length;
  return {
    blobs: found.slice(start, start + limit).map((blob) => described(blob, storeId)),
    hasMore,
    ...(hasMore ? { cursor: String(start + limit) } : {}),
  };
}

/** A blob may be named by its URL or by its pathname. */
function pathnameIn(urlOrPathname: string): string {
  if (!/^https?:\/\//.test(urlOrPathname)) return urlOrPathname;
  return decodeURIComponent(new URL(urlOrPathname).pathname.slice(1));
}

function partOf(request: IncomingMessage): string | null {
  const action = header(request, 'x-mpu-action');
  if (action !== 'upload') return action;
  return `${action} ${header(request, 'x-mpu-part-number')}`;
}
