/**
 * A worker as a process, with the real queue, store, hot path and renderer. It dies by SIGKILL at a given page of
 * each report's first render, and tells its parent which steps it asks.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import type { Part } from '../../../src/domain/document.ts';
import type { RunSteps } from '../../../src/domain/ports/work.ts';
import { scaledTimings } from '../../../src/domain/timings.ts';
import { createSettleOrder } from '../../../src/orders/settle-order.ts';
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { consume } from '../../../src/queue/consume.ts';
import { createSignals } from '../../../src/queue/signals.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createCarryOutReport } from '../../../workers/carry-out-report.ts';
import { createScratch } from '../../../workers/scratch-file.ts';
import { catalogueOf, sampleDefinition, sampleSection } from '../../workers/sample.ts';
import { INFO, sheet } from '../sample-documents.ts';
import { prose, randomOf } from '../sample-text.ts';

export interface FatalSettings {
  databaseUrl: string;
  redisUrl: string;
  workDir: string;
  /** for uploaded files, and for a mark for each report that has been killed */
  blobDir: string;
  timeScale: number;
  steps: number;
  pages: number;
  /** the page at which the first render is killed, by report */
  fatalPages: Record<string, number>;
}
export type FatalNews = 'ready' | { reportId: string; step: number };

const settings: FatalSettings = JSON.parse(process.argv[2] ?? '');
const timings = { ...scaledTimings(settings.timeScale), lock: 60_000 };
const log = pino({ level: 'silent' });
const redis = { redisUrl: settings.redisUrl, timings, log };
const tell = (news: FatalNews) => process.send?.(news);

const store = await openStore(settings.databaseUrl);
const signals = createSignals(redis);
const definition = sampleDefinition({
  steps: settings.steps,
  pages: settings.pages,
  document: (_facts, _subject, { answers }) => ({
    info: { ...INFO, pages: settings.pages },
    parts: sheetsOf(answers),
  }),
});
const base = { store, catalogue: catalogueOf(definition), timings, log, clock: () => new Date() };

/** Sheets of prose, with the stored answers on the first sheet. */
async function* sheetsOf(answers: AsyncIterable<{ text: string }>): AsyncGenerator<Part> {
  const random = randomOf(5);
  const texts = (await Array.fromAsync(answers)).map(({ text }) => text);
  yield sheet('stored', texts);
  for (let page = 2; page <= settings.pages; page += 1) {
    yield sheet(
      `p${page}`,
      Array.from({ length: 5 }, () => prose(random, 700)),
    );
  }
}

const runSteps: RunSteps = async ({ report, plan }) => {
  const standing = await store.sections.steps(report);
  for (const { step } of plan.steps.filter((each) => !standing.includes(each.step))) {
    tell({ reportId: report.id, step });
    await store.sections.insert(sampleSection(report, step));
  }
};

const renderer = createPdfRenderer();
const consumer = consume({
  ...redis,
  queue: 'blueprint',
  concurrency: 1,
  carryOut: createCarryOutReport({
    ...base,
    signals,
    settleOrder: createSettleOrder({ ...base, signals, sendEmail: async () => {} }),
    watchRun: () => () => {},
    awakeMs: () => performance.now(),
    runSteps,
    scratch: createScratch(settings.workDir),
    renderer: {
      render: (document, file, options) =>
        renderer.render(document, file, { ...options, onPage: (pages) => dieAt(file, pages) }),
    },
    blob: {
      async upload(file, key) {
        const url = join(settings.blobDir, key.replaceAll('/', '_'));
        await copyFile(file, url);
        return { url, bytes: 0 };
      },
      signedUrl: async (key) => key,
      removeFolder: async () => 0,
    },
  }),
});

function dieAt(file: string, pages: number): void {
  const [reportId, fatal] =
    Object.entries(settings.fatalPages).find(([id]) => file.includes(id)) ?? [];
  const mark = join(settings.blobDir, `${reportId}.killed`);
  if (fatal === undefined || pages < fatal || existsSync(mark)) return;
  writeFileSync(mark, String(pages));
  process.kill(process.pid, 'SIGKILL');
}

process.once('disconnect', () => process.exit(1)); // never outlives its test
await consumer.ready();
tell('ready');
