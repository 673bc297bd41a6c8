/** This release's steps, or those of another one in a folder of its own: both in one process, in turns. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallPlan } from '../../src/domain/call-plan.ts';
import { sampleOrder } from '../../test/workers/sample.ts';
import { benchDefinition, benchReport } from '../sample-report.ts';

export interface Side {
  name: string;
  /** @returns when it began and when each section was stored, milliseconds */
  run(plan: CallPlan, width: number, report: string): Promise<{ begun: number; stored: number[] }>;
  close(): Promise<void>;
}

/** @param root of the release's code @param file the database's */
export async function openSide(
  name: string,
  root: string,
  file: string,
  baseUrl: string,
): Promise<Side> {
  const load = (path: string) => import(pathToFileURL(join(root, path)).href);
  const patience: typeof import('../../src/domain/patience.ts') =
    await load('src/domain/patience.ts');
  const llm: typeof import('../../src/llm/create-llm.ts') = await load('src/llm/create-llm.ts');
  const pipeline: typeof import('../../src/pipeline/run-steps.ts') = await load(
    'src/pipeline/run-steps.ts',
  );
  const stores: typeof import('../../src/store/open-store.ts') =
    await load('src/store/open-store.ts');
  const logs: typeof import('../../src/telemetry/log.ts') = await load('src/telemetry/log.ts');
  const log = logs.createLog({ level: 'silent', pretty: false, process: 'bench' });
  const store = await stores.openStore(`sqlite:${file}`);
  const base = { store, timings: patience.PRODUCTION_TIMINGS, log };
  const { askStep } = llm.createLlm({ ...base, apiKey: 'sk-bench', baseUrl, modelOverride: null });
  return {
    name,
    async run(plan, width, reportName) {
      await store.orders.insert(sampleOrder(`ord_${reportName}`));
      await store.reports.upsert([benchReport(reportName, plan)]);
      const report = await store.reports.claim(`ord_${reportName}-bench`, new Date());
      if (!report) throw new Error('the report was not claimed');
      const stored: number[] = [];
      const wake = () => void stored.push(performance.now());
      const runSteps = pipeline.createRunSteps({ store, askStep, signals: { wake }, log });
      const { signal } = new AbortController();
      const begun = performance.now();
      await runSteps({ report, definition: benchDefinition(plan, width), plan, signal });
      return { begun, stored };
    },
    close: () => store.close(),
  };
}

/** @returns how long each step took since the one before, milliseconds */
export function gapsOf({ begun, stored }: { begun: number; stored: readonly number[] }): number[] {
  return stored.map((at, index) => at - (stored[index - 1] ?? begun));
}
