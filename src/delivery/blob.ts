/** Vercel Blob as the BlobStore port: private blobs, uploaded in parts, read by signed URLs. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BlobServiceRateLimited, del, issueSignedToken, list, presignUrl, put } from '@vercel/blob';
import pRetry from 'p-retry';
import { AlmanacError, NeedsOperator, TransientFault } from '../domain/errors.ts';
import { type Timings, TRIES } from '../domain/patience.ts';
import type { BlobStore } from '../domain/ports/work.ts';

// Only the message tells that waiting will not help: the SDK's error classes share no code field.
const HOPELESS = /access denied|store (does not exist|has been suspended)|not found/i;

export interface BlobStoreOptions {
  key: string;
  /** the stand-in's address; null: Vercel's own */
  url: string | null;
  timings: Pick<Timings, 'tryMin' | 'tryMax' | 'blobStall'>;
}

/** How long the link works through which an upload is read back. */
const CHECK_MS = 10 * 60 * 1_000;
/** Blobs deleted per request. */
const FOLDER_SLICE = 100;

export function createBlobStore({ key: token, url: origin, timings }: BlobStoreOptions): BlobStore {
  // The SDK reads these two from the environment only. Its ten silent retries would outlast a time
  // limit and hide the fault, so we count the tries ourselves.
  process.env.VERCEL_BLOB_RETRIES = '0';
  if (origin) process.env.VERCEL_BLOB_API_URL = origin;

  /** The SDK never times out: a try ends when nothing has moved for a while. */
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
        // if the provider asks for a longer wait, the report waits, not this call
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

/** An upload may succeed and the stored file still be wrong. Without this check the customer would notice first. */
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
  throw new TransientFault('blob_differs', `${key}: ${bytes} bytes are stored instead of ${size}`);
}

/** The SDK always signs for Vercel's host, but a stand-in serves reads from its own. */
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
