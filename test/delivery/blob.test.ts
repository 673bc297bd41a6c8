import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { createBlobStore } from '../../src/delivery/blob.ts';
import { NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import { journalOf, orderFault, reset } from '../sandbox/control.ts';

const KEY = 'ord_1-blueprint/e1.pdf';
const PARTS = 9 * 1024 * 1024; // two parts: each has up to 8 MiB
const contentType = 'application/pdf';

let sandbox: Sandbox;
let folder: string;
let file: string;
let bytes: Buffer;

beforeAll(async () => {
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), 'almanac-test-'));
  file = join(folder, 'report.pdf');
  bytes = Buffer.alloc(PARTS, 'a page of a report; ');
  await writeFile(file, bytes);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => reset(sandbox.urls.blob));

/** @param blobStall longer than a healthy upload takes on a busy machine */
const blobStore = (key = 'vercel_blob_rw_store1_secret', blobStall = 10_000) =>
  createBlobStore({
    key,
    url: sandbox.urls.blob,
    timings: { ...scaledTimings(100), blobStall },
  });
const sha256Of = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
const live = (content: Buffer | string = bytes) => ({
  contentType,
  sha256: sha256Of(content),
  signal: new AbortController().signal,
});

test('a file of several parts is read back whole through a signed URL', async () => {
  const { bytes: uploaded } = await blobStore().upload(file, KEY, live());
  expect(uploaded).toBe(PARTS);
  const response = await fetch(await blobStore().signedUrl(KEY, 60_000));
  expect(response.headers.get('content-type')).toBe(contentType);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

test('uploading the same key again replaces the blob', async () => {
  const shorter = join(folder, 'shorter.pdf');
  await writeFile(shorter, 'second');
  await blobStore().upload(file, KEY, live());
  await blobStore().upload(shorter, KEY, live('second'));
  const response = await fetch(await blobStore().signedUrl(KEY, 60_000));
  expect(await response.text()).toBe('second');
});

test('a blob cannot be read without a signature, nor after it has expired', async () => {
  await blobStore().upload(file, KEY, live());
  const signed = await blobStore().signedUrl(KEY, 60_000);
  expect((await fetch(signed.split('?')[0] ?? '')).status).toBe(403);
  const expired = await blobStore()
    .signedUrl(KEY, -1)
    .then(fetch, () => null);
  expect(expired?.status ?? 403).toBe(403);
});

test('removing a folder removes all its blobs, and no others', async () => {
  const other = 'ord_1-blueprint-2/e1.pdf';
  for (const key of [KEY, 'ord_1-blueprint/e2/A name.pdf', other]) {
    await blobStore().upload(file, key, live());
  }
  expect(await blobStore().removeFolder('ord_1-blueprint/')).toBe(2);
  expect(await blobStore().removeFolder('ord_1-blueprint/')).toBe(0);
  expect((await fetch(await blobStore().signedUrl(other, 60_000))).status).toBe(200);
});

test.each(['503', '500', 'dropped_connection'])(
  'an upload that meets %s is tried again and arrives whole',
  async (kind) => {
    await orderFault(sandbox.urls.blob, { kind, count: 2 });
    await expect(blobStore().upload(file, KEY, live())).resolves.toMatchObject({ bytes: PARTS });
    const met = (await journalOf(sandbox.urls.blob)).filter((entry) => entry.outcome === kind);
    expect(met).toHaveLength(2);
  },
);

test('an upload that breaks in its second part is tried again and arrives whole', async () => {
  await orderFault(sandbox.urls.blob, { kind: 'broken_upload', count: 1, match: 'upload 2' });
  await blobStore().upload(file, KEY, live());
  const response = await fetch(await blobStore().signedUrl(KEY, 60_000));
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

test('a blob that differs from what was sent is a transient fault', async () => {
  const upload = blobStore().upload(file, KEY, { ...live(), sha256: sha256Of('another') });
  await expect(upload).rejects.toMatchObject({ name: 'TransientFault', code: 'blob_differs' });
});

test('a download is named after the report, and resumes where it broke off', async () => {
  const key = 'ord_1-blueprint/e1/Almanac - Personal Horoscope - 2026-11-20.pdf';
  await blobStore().upload(file, key, live());
  const url = await blobStore().signedUrl(key, 60_000);
  const from = PARTS - 5;
  const rest = await fetch(url, { headers: { range: `bytes=${from}-` } });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-disposition')).toContain(
    'Almanac - Personal Horoscope - 2026-11-20.pdf',
  );
  expect(await rest.text()).toBe(bytes.subarray(from).toString());
});

test('a wait that the blob store asks for is passed on, not waited out', async () => {
  await orderFault(sandbox.urls.blob, { kind: '429', count: 1, retryAfter: 90 });
  await expect(blobStore().upload(file, KEY, live())).rejects.toMatchObject({
    code: 'blob_rate_limited',
    retryAfterMs: 90_000,
  });
});

test('a wait of a year that the blob store asks for is not believed: the upload is tried again', async () => {
  await orderFault(sandbox.urls.blob, { kind: '429', count: 1, retryAfter: 31_536_000 });
  expect(await blobStore().upload(file, KEY, live())).toMatchObject({ bytes: bytes.length });
});

test('an upload that stalls three times is a transient fault', async () => {
  await orderFault(sandbox.urls.blob, { kind: 'stalled_body', count: 3 });
  await expect(blobStore(undefined, 300).upload(file, KEY, live())).rejects.toBeInstanceOf(
    TransientFault,
  );
});

test('a key that the blob store refuses needs an operator', async () => {
  await orderFault(sandbox.urls.blob, { kind: '403', count: 1 });
  await expect(blobStore().upload(file, KEY, live())).rejects.toBeInstanceOf(NeedsOperator);
});

test('an aborted upload ends with the reason of the abort', async () => {
  const stop = new AbortController();
  const reason = new Error('closing');
  const upload = blobStore().upload(file, KEY, { ...live(), signal: stop.signal });
  stop.abort(reason);
  await expect(upload).rejects.toBe(reason);
});
