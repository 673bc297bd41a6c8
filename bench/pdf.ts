/**
 * Renders the longest report (1,725 pages, 8,620 answers, 6.5 MB of text), and writes the same text with plain
 * pdfkit. Run `npm run bench -- pdf`. The last line is one JSON object, and the lines before it are for people.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportDocument } from '../src/domain/document.ts';
import { createPdfRenderer } from '../src/pdf/process/renderer.ts';
import { bigDocument } from '../test/pdf/sample-documents.ts';
import { watchLoopTurns } from './loop-turns.ts';
import { writeBare } from './pdf-bare.ts';

const PERIODS = 431;
const SELF = fileURLToPath(import.meta.url);

/** Answers of 654 to 853 characters, 754 on average. */
function longestReport(): ReportDocument {
  return bigDocument(PERIODS, (random) => 654 + Math.floor(random() * 200)).document;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-pdf-'));
  try {
    let peakRssBytes = 0;
    const renderer = createPdfRenderer({ onPeakMemory: (bytes) => (peakRssBytes = bytes) });
    const turns = watchLoopTurns();
    const started = performance.now();
    const done = await renderer.render(longestReport(), join(folder, 'ours.pdf'), {
      signal: new AbortController().signal,
    });
    const seconds = (performance.now() - started) / 1000;
    turns.stop();
    const { cpuMs, wallMs } = turns.longest;
    console.log(
      `longest turn of the caller's event loop: ${cpuMs.toFixed(0)} ms of its own work, ${wallMs.toFixed(0)} ms by the clock`,
    );

    const bareStarted = performance.now();
    const bare = fork(SELF, ['--bare', join(folder, 'bare.pdf')]);
    const [code] = await once(bare, 'exit');
    const bareSeconds = (performance.now() - bareStarted) / 1000;
    if (code !== 0) throw new Error(`plain pdfkit ended with ${code}`);
    const bareBytes = (await stat(join(folder, 'bare.pdf'))).size;
    console.log(`plain pdfkit: ${bareSeconds.toFixed(1)} s, ${bareBytes} bytes`);

    const figures = {
      bench: 'pdf',
      pages: done.pages,
      seconds: rounded(seconds, 2),
      bareSeconds: rounded(bareSeconds, 2),
      ratio: rounded(seconds / bareSeconds, 3),
      peakRssMb: rounded(peakRssBytes / 1e6, 1),
      bytes: done.bytes,
    };
    console.log(JSON.stringify(figures));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

const [mode, file] = process.argv.slice(2);
if (mode === '--bare' && file !== undefined) await writeBare(longestReport(), file);
