import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as vercel from '@vercel/blob';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBlob } from '../../../sandbox/blob/blob.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import { journalOf, orderFault, reset } from '../control.ts';

let server: Listening;
let dataDir: string;
const token = 'vercel_blob_rw_sandbox_key';
const MINUTE = 60_000;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'almanac-test-blobs-'));
  server = await startBlob({ host: '127.0.0.1', port: 0, seed: 1, dataDir });
  vi.stubEnv('VERCEL_BLOB_API_URL', server.url);
  vi.stubEnv('VERCEL_BLOB_RETRIES', '0');
});
afterEach(() => reset(server.url));
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(dataDir, { recursive: true });
});

const put = (pathname: string, body: string | Buffer | Readable, more = {}) =>
  vercel.put(pathname, body, {
    access: 'private',
    token,
    addRandomSuffix: false,
    allowOverwrite: true,
    ...more,
  });
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

async function sign(pathname: string, ms = MINUTE): Promise<URL> {
  const validUntil = Date.now() + ms;
  const signed = await vercel.issueSignedToken({
    token,
    pathname,
    operations: ['get'],
    validUntil,
  });
  const { presignedUrl } = await vercel.presignUrl(signed, {
    operation: 'get',
    access: 'private',
    pathname,
    validUntil,
  });
  const url = new URL(presignedUrl);
  return new URL(url.pathname + url.search, server.url);
}

describe('the Vercel Blob stand-in, asked with the real SDK', () => {
  it('stores a blob and reads it by a signed URL, with type and file name', async () => {
    const blob = await put('ord_1-blueprint/e1 für Ada.pdf', 'PDF bytes');
    expect(blob).toMatchObject({
      pathname: 'ord_1-blueprint/e1 für Ada.pdf',
      contentType: 'application/pdf',
    });
    expect(blob.url).toContain('https://sandbox.private.blob.vercel-storage.com/ord_1-blueprint/');
    const response = await fetch(await sign(blob.pathname));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('PDF bytes');
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''e1%20f%C3%BCr%20Ada.pdf",
    );
    const saved = await sign(blob.pathname);
    saved.searchParams.set('download', '1');
    expect((await fetch(saved)).headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('assembles a streamed upload in the right order, whatever order its parts end in', async () => {
    const bytes = randomBytes(18 * 1024 * 1024);
    await orderFault(server.url, { kind: 'slow', match: 'upload 1', ms: 150 });
    const blob = await put('big.pdf', Readable.from(chunks(bytes)), {
      multipart: true,
      contentType: 'application/pdf',
    });
    expect(blob.pathname).toBe('big.pdf');
    const parts = (await journalOf(server.url)).map((entry) => entry.part);
    expect(parts.toSorted()).toEqual(['complete', 'create', 'upload 1', 'upload 2', 'upload 3']);
    const read = Buffer.from(await (await fetch(await sign('big.pdf'))).arrayBuffer());
    expect(sha(read)).toBe(sha(bytes));
    expect(await readdir(join(dataDir, 'uploads'))).toEqual([]);
  });

  it('overwrites only when allowed', async () => {
    await put('once.txt', 'first');
    expect(await caught(put('once.txt', 'second', { allowOverwrite: false }))).toMatchObject({
      message: expect.stringContaining('already exists'),
    });
    await put('once.txt', 'third');
    expect(await (await fetch(await sign('once.txt'))).text()).toBe('third');
  });

  it('adds a random suffix when asked to', async () => {
    const blob = await put('draft.txt', 'x', { addRandomSuffix: true });
    expect(blob.pathname).toMatch(/^draft-[\w-]{20}\.txt$/);
  });

  it('heads, lists and deletes', async () => {
    await put('list/a.txt', 'a');
    await put('list/b.txt', 'bb');
    expect(await vercel.head('list/b.txt', { token })).toMatchObject({
      size: 2,
      contentType: 'text/plain',
    });
    const first = await vercel.list({ token, prefix: 'list/', limit: 1 });
    const second = await vercel.list({ token, prefix: 'list/', limit: 1, cursor: first.cursor });
    expect([first, second].map((page) => page.blobs[0]?.pathname)).toEqual([
      'list/a.txt',
      'list/b.txt',
    ]);
    expect(second.hasMore).toBe(false);
    await vercel.del(['list/a.txt', (await vercel.head('list/b.txt', { token })).url], { token });
    expect((await vercel.list({ token, prefix: 'list/' })).blobs).toEqual([]);
    expect(await caught(vercel.head('list/a.txt', { token }))).toBeInstanceOf(
      vercel.BlobNotFoundError,
    );
  });

  it('keeps its blobs and their links over a restart', async () => {
    await put('kept.txt', 'kept');
    const url = await sign('kept.txt');
    const again = await startBlob({ host: '127.0.0.1', port: 0, seed: 1, dataDir });
    expect(await (await fetch(new URL(url.pathname + url.search, again.url))).text()).toBe('kept');
    await again.close();
  });

  it('refuses an invalid token', async () => {
    expect(await caught(put('x.txt', 'x', { token: 'wrong' }))).toBeInstanceOf(
      vercel.BlobAccessError,
    );
  });

  it('issues no delegation for longer than seven days', async () => {
    const validUntil = Date.now() + 8 * 24 * 60 * MINUTE;
    expect(
      await caught(vercel.issueSignedToken({ token, pathname: 'a', validUntil })),
    ).toMatchObject({ message: expect.stringContaining('7 days') });
  });
});

describe('signed reads', () => {
  it('refuses an unsigned, altered, foreign or expired URL with 403', async () => {
    await put('secret.pdf', 'secret');
    await put('other.pdf', 'other');
    const good = await sign('secret.pdf');
    const altered = new URL(good);
    altered.searchParams.set('vercel-blob-signature', `${'A'.repeat(42)}E`);
    const longer = await sign('secret.pdf', 5_000);
    longer.searchParams.set('vercel-blob-valid-until', String(Date.now() + MINUTE));
    const foreign = new URL(good);
    foreign.pathname = '/other.pdf';
    const unsigned = new URL('/secret.pdf', server.url);
    const absent = new URL('/never-stored.pdf', server.url);
    for (const url of [altered, longer, foreign, unsigned, absent])
      expect((await fetch(url)).status).toBe(403);
    expect((await fetch(good)).status).toBe(200);
    const short = await sign('secret.pdf', 500);
    await expect.poll(async () => (await fetch(short)).status).toBe(403);
  });

  it('accepts a signed upload for its own pathname only', async () => {
    const validUntil = Date.now() + MINUTE;
    const signed = await vercel.issueSignedToken({
      token,
      pathname: 'theirs.txt',
      operations: ['put'],
      validUntil,
    });
    const { presignedUrl } = await vercel.presignUrl(signed, {
      operation: 'put',
      access: 'private',
      pathname: 'theirs.txt',
    });
    const options = {
      method: 'PUT',
      body: 'theirs',
      headers: { 'x-vercel-blob-access': 'private' },
    };
    expect((await fetch(presignedUrl, options)).status).toBe(200);
    const other = new URL(presignedUrl);
    other.searchParams.set('pathname', 'mine.txt');
    expect((await fetch(other, options)).status).toBe(403);
    const erase = new URL(presignedUrl);
    erase.pathname = '/delete';
    expect((await fetch(erase, { method: 'POST', body: '{"urls":["theirs.txt"]}' })).status).toBe(
      403,
    );
    expect(await (await fetch(await sign('theirs.txt'))).text()).toBe('theirs');
  });

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=0-1,4-5', 200, '0123456789', null],
  ])('answers Range %s with %i', async (range, status, body, contentRange) => {
    await put('range.txt', '0123456789');
    const response = await fetch(await sign('range.txt'), { headers: { range } });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(response.headers.get('content-range')).toBe(contentRange);
  });

  it('resumes a download only of the same version', async () => {
    await put('version.txt', '0123456789');
    const url = await sign('version.txt');
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const resume = (ifRange: string) =>
      fetch(url, { headers: { range: 'bytes=5-', 'if-range': ifRange } });
    expect((await resume(etag)).status).toBe(206);
    expect((await resume('"older"')).status).toBe(200);
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('faults, as the SDK sees them', () => {
  it.each([
    ['403', vercel.BlobAccessError],
    ['404', vercel.BlobNotFoundError],
    ['429', vercel.BlobServiceRateLimited],
    ['503', vercel.BlobServiceNotAvailable],
    ['500', vercel.BlobUnknownError],
    ['dropped_connection', TypeError],
  ])('%s', async (kind, error) => {
    await orderFault(server.url, { kind });
    expect(await caught(put('fault.txt', 'x'))).toBeInstanceOf(error);
    await put('fault.txt', 'x');
  });

  it('an upload that breaks in part 2 leaves no blob, and works when it is tried again', async () => {
    const bytes = randomBytes(17 * 1024 * 1024);
    const upload = () => put('broken.pdf', Readable.from(chunks(bytes)), { multipart: true });
    await orderFault(server.url, { kind: 'broken_upload', match: 'upload 2' });
    expect(await caught(upload())).toBeInstanceOf(Error);
    expect(await caught(vercel.head('broken.pdf', { token }))).toBeInstanceOf(
      vercel.BlobNotFoundError,
    );
    await upload();
    expect((await vercel.head('broken.pdf', { token })).size).toBe(bytes.length);
  });

  it.each(['slow', 'stalled_body', 'lost_answer'])(
    '%s withholds the answer from the caller',
    async (kind) => {
      await orderFault(server.url, { kind, ms: 5_000 });
      expect(
        await caught(put('late.txt', 'x', { abortSignal: AbortSignal.timeout(150) })),
      ).toBeInstanceOf(Error);
    },
  );
});

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function sha(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
