/** Vercel Blob behind the BlobStore port: private blobs, streamed up in parts, read by signed URLs. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BlobServiceRateLimited, del, issueSignedToken, list, presignUrl, put } from '@vercel/blob';
import pRetry from 'p-retry';
import { AlmanacError, NeedsOperator, TransientFault } from '../domain/errors.ts';
import { type Timings, TRIES } from '../domain/patience.ts';
import type { BlobStore } from '../domain/ports/work.ts';

// Their messages are the only sign that waiting will not help (the SDK's classes share no code field).
const HOPELESS = /access denied|store (does not exist|has been suspended)|not found/i;

export interface BlobStoreOptions {
  key: string;
  /** the stand-in's address; null: Vercel's own */
  url: string | null;
  timings: Pick<Timings, 'tryMin' | 'tryMax' | 'blobStall'>;
}

/** Life of the link that an upload is read back through. */
const CHECK_MS = 10 * 60 * 1_000;
/** Blobs removed at once. */
const FOLDER_SLICE = 100;

export function createBlobStore({ key: token, url: origin, timings }: BlobStoreOptions): BlobStore {
  // The SDK takes these two from the environment only. Its ten silent retries would outlast a time
  // limit and hide the fault: tries are ours to count.
  process.env.VERCEL_BLOB_RETRIES = '0';
  if (origin) process.env.VERCEL_BLOB_API_URL = origin;

  /** The SDK waits for ever: a try ends when nothing has moved for a while. */
  async function uploadOnce(file: string, key: string, contentType: string, signal: AbortSignal) {
    const stalled = new AbortController();
    const timer = setTimeout(() => stalled.abort(), timings.blobStall);
    const stream = createReadStream(file);
    try {
      return await put(key, stream, {
        access: 'private',
        token,
        addRandomSuffix: false,
        allowOverwrite: true, // a resumed run uploads the same bytes under the same key
        multipart: true,
        contentType,
        onUploadProgress: () => timer.refresh(),
        abortSignal: AbortSignal.any([signal, stalled.signal]),
      });
    } catch (error) {
      signal.throwIfAborted();
      throw asDomainError(error);
    } finally {
      clearTimeout(timer);
      stream.destroy();
    }
  }

  async function signedUrl(key: string, expiresInMs: number): Promise<string> {
    const validUntil = Date.now() + expiresInMs;
    try {
      const signed = await issueSignedToken({
        token,
        pathname: key,
        operations: ['get'],
        validUntil,
        abortSignal: AbortSignal.timeout(timings.blobStall),
      });
      const options = { operation: 'get', access: 'private', pathname: key, validUntil } as const;
      const { presignedUrl } = await presignUrl(signed, options);
      return origin ? atOrigin(presignedUrl, origin) : presignedUrl;
    } catch (error) {
      throw asDomainError(error);
    }
  }

  return {
    async upload(file, key, { contentType, sha256, signal }) {
      const { size } = await stat(file);
      const uploadChecked = async () => {
        const blob = await uploadOnce(file, key, contentType, signal);
        await checkStored(await signedUrl(key, CHECK_MS), { key, size, sha256, signal });
        return blob;
      };
      const blob = await pRetry(uploadChecked, {
        retries: TRIES.call - 1,
        minTimeout: timings.tryMin,
        maxTimeout: timings.tryMax,
        randomize: true,
        signal,
        // a longer wait that the provider asks for is the report's to sit out
        shouldRetry: ({ error }) =>
          error instanceof TransientFault && (error.retryAfterMs ?? 0) <= timings.tryMin,
      });
      return { url: blob.url, bytes: size };
    },

    signedUrl,

    async removeFolder(prefix) {
      let removed = 0;
      try {
        for (;;) {
          const abortSignal = AbortSignal.timeout(timings.blobStall);
          const { blobs } = await list({ prefix, limit: FOLDER_SLICE, token, abortSignal });
          if (blobs.length === 0) return removed;
          const keys = blobs.map((blob) => blob.pathname);
          await del(keys, { token, abortSignal });
          removed += keys.length;
        }
      } catch (error) {
        throw asDomainError(error);
      }
    },
  };
}

/** What was taken is not yet what is kept: the customer would be the first to notice. */
async function checkStored(
  url: string,
  { key, size, sha256, signal }: { key: string; size: number; sha256: string; signal: AbortSignal },
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const response = await fetch(url, { signal });
    for await (const chunk of response.ok && response.body ? response.body : []) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw asDomainError(error);
  }
  if (bytes === size && hash.digest('hex') === sha256) return;
  throw new TransientFault('blob_differs', `${key}: ${bytes} bytes lie there instead of ${size}`);
}

/** The SDK signs for Vercel's host, whatever its API address: a stand-in serves reads itself. */
function atOrigin(signed: string, origin: string): string {
  const from = new URL(signed);
  return new URL(`${from.pathname}${from.search}`, origin).href;
}

function asDomainError(error: unknown): AlmanacError {
  if (error instanceof AlmanacError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof BlobServiceRateLimited) {
    const retryAfterMs = error.retryAfter * 1000;
    return new TransientFault('blob_rate_limited', message, { retryAfterMs, cause: error });
  }
  if (HOPELESS.test(message)) return new NeedsOperator('blob_refused', message, { cause: error });
  return new TransientFault('blob_unavailable', message, { cause: error });
}
