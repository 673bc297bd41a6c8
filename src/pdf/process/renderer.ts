/** Renders documents in a child process, chunk by chunk, to keep the caller's event loop free. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePrivateFolder } from '../../disk/private.ts';
import type { Part, ReportDocument } from '../../domain/document.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { PdfRenderer } from '../../domain/ports/work.ts';
import type { Log } from '../../telemetry/log.ts';
import type { FromChild, ToChild } from './messages.ts';

const CHILD = fileURLToPath(new URL('./start-render-process.mjs', import.meta.url));
/** How many chunks the child may have before it has taken the first. */
const IN_FLIGHT = 2;
/** Megabytes. A small heap is collected often: a render needs 45 MB of it and stays well under 150 MB resident. */
const CHILD_MEMORY = ['--max-semi-space-size=2', '--max-old-space-size=80'];

export interface PdfRendererOptions {
  log?: Log;
  /** called with each render's peak resident memory in the child, bytes */
  onPeakMemory?: (bytes: number) => void;
}

/**
 * `render` throws AlmanacError `render` when the document cannot be drawn or the child dies. If the machine refused
 * something, the system's error is its cause. When the signal aborts, it throws the signal's reason. In every case
 * `<file>.part` is removed, and `file` never exists half written.
 */
export function createPdfRenderer(options: PdfRendererOptions = {}): PdfRenderer {
  return {
    async render(document, file, { signal, onPage }) {
      signal.throwIfAborted();
      makePrivateFolder(dirname(file), 'leave');
      const draft = `${file}.part`;
      const child = fork(CHILD, [], {
        serialization: 'advanced',
        execArgv: CHILD_MEMORY,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      const exited = once(child, 'close');
      try {
        const done = await drive(child, document, draft, signal, onPage);
        signal.throwIfAborted();
        await rename(draft, file);
        options.log?.debug({ pages: done.pages, peakRssBytes: done.peakRssBytes }, 'pdf rendered');
        options.onPeakMemory?.(done.peakRssBytes);
        return { file, pages: done.pages, bytes: done.bytes, sha256: done.sha256 };
      } finally {
        child.kill('SIGKILL');
        await exited; // a living child could write the draft again
        await rm(draft, { force: true });
      }
    },
  };
}

type Done = Extract<FromChild, { kind: 'done' }>;

async function drive(
  child: ChildProcess,
  document: ReportDocument,
  draft: string,
  signal: AbortSignal,
  onPage: ((pages: number) => void) | undefined,
): Promise<Done> {
  const talk = converse(child, signal, onPage);
  const work = async (): Promise<Done> => {
    talk.tell({ kind: 'open', info: document.info, file: draft });
    for await (const parts of inChunks(document.parts, document.info.partsPerChunk)) {
      await talk.room();
      talk.tell({ kind: 'parts', parts });
    }
    talk.tell({ kind: 'finish' });
    return talk.done;
  };
  try {
    // a failure of the child also ends the wait for parts, however long they take
    return await Promise.race([work(), talk.done]);
  } finally {
    talk.close();
  }
}

interface Conversation {
  tell(message: ToChild): void;
  /** waits until the child may get another chunk */
  room(): Promise<void>;
  done: Promise<Done>;
  close(): void;
}

function converse(
  child: ChildProcess,
  signal: AbortSignal,
  onPage: ((pages: number) => void) | undefined,
): Conversation {
  const { promise: done, resolve, reject: settle } = Promise.withResolvers<Done>();
  let over = false;
  const reject = (reason: unknown) => {
    over = true;
    settle(reason);
  };
  done.catch(() => {}); // callers still see the rejection; there may be none yet
  let inFlight = 0;
  let wake: (() => void) | null = null;
  let complaint = '';

  const abort = () => reject(signal.reason);
  // the signal may have aborted before there was a child
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 4000);
  });
  child.on('error', (cause) =>
    reject(new AlmanacError('render', 'the renderer did not start', { cause })),
  );
  child.on('close', (code, by) => {
    const lines = complaint.trim().split('\n');
    const reason = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
    reject(new AlmanacError('render', `the renderer ended early (${by ?? code}) ${reason}`.trim()));
  });
  child.on('message', (message: FromChild) => {
    if (message.kind === 'failed') {
      const { reason, stack, system } = message;
      const cause = Object.assign(new Error(reason), { stack }, system);
      reject(new AlmanacError('render', `the document cannot be drawn: ${reason}`, { cause }));
      return;
    }
    onPage?.(message.pages);
    if (message.kind === 'done') {
      resolve(message);
      return;
    }
    inFlight -= 1;
    wake?.();
  });

  return {
    done,
    tell(message) {
      if (message.kind === 'parts') inFlight += 1;
      child.send(message, () => {}); // a failed send shows up as the child's end
    },
    async room() {
      if (over) await done; // throws: a render that has ended needs no more parts
      while (inFlight >= IN_FLIGHT) {
        const taken = new Promise<void>((resume) => {
          wake = resume;
        });
        await Promise.race([taken, done]);
      }
    },
    close: () => signal.removeEventListener('abort', abort),
  };
}

async function* inChunks(parts: AsyncIterable<Part>, size: number): AsyncGenerator<Part[]> {
  let chunk: Part[] = [];
  for await (const part of parts) {
    chunk.push(part);
    if (chunk.length >= size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
