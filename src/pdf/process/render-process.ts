/** The child process that draws one document and then ends. It ends at once when its parent does. */
import { rmSync } from 'node:fs';
import { type Book, createBook } from '../book.ts';
import { type FileSink, openFileSink } from '../file/file-sink.ts';
import { prepareShaper } from '../type/shape-text.ts';
import type { FromChild, SystemError, ToChild } from './messages.ts';

let draft: string | null = null;
let book: Book | null = null;
let sink: FileSink | null = null;
let finishedPages = 0;

// a complete draft has been renamed by then
process.on('exit', () => {
  if (draft !== null) rmSync(draft, { force: true });
});
process.on('disconnect', () => process.exit(1));
let turn = Promise.resolve();
process.on('message', (message: ToChild) => {
  turn = turn.then(() => handle(message));
});
// not only a catch around `handle`: a stream writes the file's last bytes
process.on('uncaughtException', (error: Error & Partial<SystemError>) => {
  const { message: reason, stack = '', code = '', errno, syscall } = error;
  const system = errno === undefined || syscall === undefined ? null : { code, errno, syscall };
  say({ kind: 'failed', reason, stack, system });
});

async function handle(message: ToChild): Promise<void> {
  if (message.kind === 'open') {
    const opened = openFileSink(message.file);
    sink = opened;
    draft = message.file;
    book = createBook(message.info, opened.write, end);
  } else if (book === null) {
    throw new Error('parts arrived before the document');
  } else if (message.kind === 'parts') {
    await prepareShaper(JSON.stringify(message.parts));
    let pages = 0;
    for (const part of message.parts) pages = book.add(part);
    say({ kind: 'taken', pages });
  } else {
    finishedPages = book.finish();
  }
}

function end(): void {
  if (sink === null) return;
  const { bytes, sha256 } = sink.close();
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  say({ kind: 'done', pages: finishedPages, bytes, sha256, peakRssBytes });
}

function say(message: FromChild): void {
  process.send?.(message, (error: Error | null) => {
    if (error) process.exit(1); // the parent is gone
  });
}
