/** Runs of one report with a real store and stubs for everything else, and what each run did. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import type { Catalogue } from '../../src/domain/catalogue.ts';
import type { RunSteps } from '../../src/domain/ports/work.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import type { Report } from '../../src/domain/report.ts';
import { scaledTimings, type Timings } from '../../src/domain/timings.ts';
import { type CarryOutReport, createCarryOutReport } from '../../workers/carry-out-report.ts';
import { createScratch } from '../../workers/scratch-file.ts';
import {
  catalogueOf,
  openSample,
  sampleDefinition,
  sampleOrder,
  sampleReport,
  sampleSection,
} from './sample.ts';

export const job = { reportId: 'ord_1-blueprint', orderId: 'ord_1' };
/** a signal that never aborts */
export const never = new AbortController().signal;
export const timings = scaledTimings(1);

export const PDF_SHA = createHash('sha256').update('%PDF').digest('hex');
const DAY = new Date().toISOString().slice(0, 10);
/** The key of the sample's PDF. */
export const KEY = `ord_1-blueprint/e1/Almanac - Blueprint - ${DAY}.pdf`;

export async function openBench() {
  const sample = await openSample();
  /** what the runs did, stage by stage */
  const stages: string[] = [];
  let now = new Date();
  const listeners = new Set<() => void>();

  const writeAll: RunSteps = async ({ report, plan }) => {
    const standing = await sample.store.sections.steps(report);
    for (const { step } of plan.steps.filter((each) => !standing.includes(each.step))) {
      stages.push(`step ${step}`);
      await sample.store.sections.insert(sampleSection(report, step));
    }
  };

  function carryOut(
    change: {
      runSteps?: RunSteps;
      definition?: Partial<ProductDefinition>;
      upload?: () => void;
      timings?: Partial<Timings>;
      catalogue?: Catalogue;
    } = {},
  ): CarryOutReport {
    return createCarryOutReport({
      store: sample.store,
      catalogue: change.catalogue ?? catalogueOf(sampleDefinition(change.definition)),
      runSteps: change.runSteps ?? writeAll,
      renderer: {
        async render(_document, file) {
          stages.push('render');
          await writeFile(file, '%PDF');
          return { file, pages: 40, bytes: 4, sha256: PDF_SHA };
        },
      },
      blob: {
        async upload(_file, key) {
          stages.push(`upload ${key}`);
          change.upload?.();
          return { url: `https://blob.example/${key}`, bytes: 4 };
        },
        signedUrl: async (key) => key,
        removeFolder: async () => 0,
      },
      signals: {
        wake: () => {},
        listen(_orderId, onWake) {
          listeners.add(onWake);
          return () => listeners.delete(onWake);
        },
      },
      settleOrder: async (orderId) => void stages.push(`settle ${orderId}`),
      watchRun: () => () => {},
      awakeMs: () => now.getTime(),
      timings: { ...timings, ...change.timings },
      scratch: createScratch(join(sample.folder, 'work')),
      log: pino({ level: 'silent' }),
      clock: () => now,
    });
  }

  return {
    ...sample,
    stages,
    writeAll,
    carryOut,
    workDir: join(sample.folder, 'work'),
    now: () => now,
    wake() {
      for (const onWake of listeners) onWake();
    },
    pass(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    async paidReport(change: Partial<Report> = {}) {
      await sample.store.orders.insert({ ...sampleOrder('ord_1'), paidAt: `${DAY}T00:00:00.000Z` });
      await sample.store.reports.upsert([sampleReport('ord_1', change)]);
    },
    async stored(): Promise<Report> {
      const report = await sample.store.reports.find(job.reportId);
      if (!report) throw new Error('no report');
      return report;
    },
  };
}
export type Bench = Awaited<ReturnType<typeof openBench>>;
