/** Writes a stream of small pieces to a file in large blocks and hashes it. Synchronous, so it needs its own process. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { makePrivateFile } from '../../disk/private.ts';

export interface FileSink {
  write(bytes: Uint8Array): void;
  /** Flushes to disk. @returns what the file holds */
  close(): { bytes: number; sha256: string };
}

const BUFFER_BYTES = 256 * 1024;

export function openFileSink(file: string): FileSink {
  makePrivateFile(file);
  const descriptor = openSync(file, 'w');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let filled = 0;
  let total = 0;

  function put(bytes: Uint8Array): void {
    hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    total += bytes.length;
  }
  function flush(): void {
    put(buffer.subarray(0, filled));
    filled = 0;
  }

  return {
    write(bytes) {
      if (filled + bytes.length > BUFFER_BYTES) flush();
      if (bytes.length > BUFFER_BYTES) {
        put(bytes);
        return;
      }
      buffer.set(bytes, filled);
      filled += bytes.length;
    },
    close() {
      flush();
      fsyncSync(descriptor);
      closeSync(descriptor);
      return { bytes: total, sha256: hash.digest('hex') };
    },
  };
}
