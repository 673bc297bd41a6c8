/** Blobs on disk: the bytes, and next to them a small file that describes them. Survives a restart. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Blob {
  pathname: string;
  access: 'public' | 'private';
  contentType: string;
  cacheControl: string;
  /** bytes */
  size: number;
  /** quoted, as in the header */
  etag: string;
  /** ISO 8601 */
  uploadedAt: string;
}
export type BlobDescription = Pick<Blob, 'pathname' | 'access' | 'contentType' | 'cacheControl'>;

export interface Part {
  file: string;
  size: number;
  etag: string;
}

export interface Disk {
  find(pathname: string): Promise<Blob | null>;
  /** All blobs, by pathname. */
  all(): Promise<Blob[]>;
  /** Replaces an existing blob. An upload under way is invisible; one cut short leaves nothing. */
  write(description: BlobDescription, content: Readable): Promise<Blob>;
  /** @param range its first and last byte */
  read(pathname: string, range?: { start: number; end: number }): Readable;
  remove(pathname: string): Promise<void>;
  /** Keeps a part of an upload; a repeated number replaces the earlier one. */
  writePart(uploadId: string, number: number, content: Readable): Promise<Part>;
  removeParts(uploadId: string): Promise<void>;
}

export async function openDisk(dataDir: string): Promise<Disk> {
  const objects = join(dataDir, 'objects');
  const uploads = join(dataDir, 'uploads');
  await mkdir(objects, { recursive: true, mode: 0o700 });
  await mkdir(uploads, { recursive: true, mode: 0o700 });

  const nameOf = (pathname: string): string =>
    join(objects, createHash('sha256').update(pathname).digest('hex'));
  const read = async (file: string): Promise<Blob | null> => {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Blob; // only `write` writes it
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  return {
    find: (pathname) => read(`${nameOf(pathname)}.json`),
    async all() {
      const files = (await readdir(objects)).filter((file) => file.endsWith('.json'));
      const blobs = await Promise.all(files.map((file) => read(join(objects, file))));
      return blobs
        .filter((blob) => blob !== null)
        .sort((a, b) => (a.pathname < b.pathname ? -1 : 1));
    },
    async write(description, content) {
      const { file, size, etag } = await receive(content, uploads);
      const blob = { ...description, size, etag, uploadedAt: new Date().toISOString() };
      await rename(file, `${nameOf(description.pathname)}.bin`);
      const described = join(uploads, randomUUID());
      await writeFile(described, JSON.stringify(blob));
      await rename(described, `${nameOf(description.pathname)}.json`);
      return blob;
    },
    read: (pathname, range) => createReadStream(`${nameOf(pathname)}.bin`, range),
    async remove(pathname) {
      await rm(`${nameOf(pathname)}.json`, { force: true });
      await rm(`${nameOf(pathname)}.bin`, { force: true });
    },
    async writePart(uploadId, number, content) {
      const folder = join(uploads, uploadId);
      await mkdir(folder, { recursive: true });
      const part = await receive(content, folder);
      const file = join(folder, `part-${number}`);
      await rename(part.file, file);
      return { ...part, file };
    },
    removeParts: (uploadId) => rm(join(uploads, uploadId), { recursive: true, force: true }),
  };
}

/** Streams to a new file, and counts and hashes on the way. */
async function receive(content: Readable, folder: string): Promise<Part> {
  const file = join(folder, randomUUID());
  const hash = createHash('md5'); // for an etag, not for security
  let size = 0;
  try {
    await pipeline(
      content,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(file, { mode: 0o600 }),
    );
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { file, size, etag: `"${hash.digest('hex')}"` };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
