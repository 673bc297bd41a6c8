/** One report on the workers' own hot path, with a file in place of queue, blob store and mail. */
import { copyFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../src/config.ts';
import { makePrivateFile, makePrivateFolder } from '../../src/disk/private.ts';
import type { Subject } from '../../src/domain/birth.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { newId, reportIdOf } from '../../src/domain/ids.ts';
import { newOrder } from '../../src/domain/order.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { BlobStore, ReportQueue, Signals } from '../../src/domain/ports/work.ts';
import { type ProductDefinition, perQueue } from '../../src/domain/product.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { createCommitPaidOrder } from '../../src/orders/commit-paid-order.ts';
import { createPdfRenderer } from '../../src/pdf/process/renderer.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { createCarryOutReport } from '../../workers/carry-out-report.ts';
import { createScratch } from '../../workers/scratch-file.ts';

export interface OneReportOptions {
  store: Store;
  definition: ProductDefinition;
  subject: Subject;
  /** the model's address; null: OpenAI's own */
  modelUrl: string | null;
  out: string;
  /** scratch folder */
  workDir: string;
  /** called whenever a section has been saved */
  onProgress: () => void;
  signal: AbortSignal;
}

/**
 * @returns the report's id in the store
 * @throws AlmanacError `report_failed` with the reason, if it cannot be finished
 */
export async function writeOneReport(options: OneReportOptions): Promise<string> {
  const { store, definition, subject, out, workDir, onProgress, signal } = options;
  const config = loadConfig('worker');
  const timings = scaledTimings(config.timeScale);
  const log = createLog({ level: 'warn', pretty: true, process: 'report' });
  const clock = () => new Date();
  const base = { store, catalogue, timings, log, clock };
  const signals: Signals = { wake: onProgress, listen: () => () => {}, close: async () => {} };

  const orderId = newId('ord');
  await insertPaidOrder(store, orderId, definition, subject);
  const order = await store.orders.find(orderId);
  if (!order) throw new AlmanacError('report_failed', 'the order was not stored');
  await createCommitPaidOrder({ ...base, queue: noQueue, signals })(order);

  const { askStep } = createLlm({
    ...base,
    apiKey: config.providers.openai.key,
    baseUrl: options.modelUrl,
    modelOverride: config.modelOverride,
    models: config.models,
  });
  const carryOut = createCarryOutReport({
    ...base,
    runSteps: createRunSteps({ ...base, askStep, signals }),
    renderer: createPdfRenderer({ log }),
    blob: fileInsteadOfBlob(out),
    signals,
    settleOrder: async () => {}, // nobody waits for a letter
    watchRun: () => () => {}, // no hard limit: the user can stop it
    awakeMs: () => performance.now(),
    scratch: createScratch(workDir),
  });

  const reportId = reportIdOf(orderId, definition.id);
  for (;;) {
    const outcome = await carryOut({ reportId, orderId }, signal);
    signal.throwIfAborted();
    if (outcome.kind === 'done') return reportId;
    if (outcome.kind !== 'retry' && outcome.kind !== 'snooze') {
      const reason = 'reason' in outcome ? outcome.reason : outcome.kind;
      throw new AlmanacError('report_failed', `the report was not finished: ${reason}`);
    }
    console.error(`${outcome.reason}: trying again in ${Math.ceil(outcome.delayMs / 1000)} s`);
    await sleep(outcome.delayMs, undefined, { signal });
  }
}

async function insertPaidOrder(
  store: Store,
  id: string,
  definition: ProductDefinition,
  subject: Subject,
): Promise<void> {
  const now = new Date();
  const { currency, amountMinor } = definition.price;
  const bought = {
    id,
    email: 'nobody@localhost',
    products: [definition.id],
    items: [{ productId: definition.id, amountMinor }],
    currency,
    amountMinor,
    subject,
  };
  await store.orders.insert({
    ...newOrder(bought, now),
    state: 'paid',
    paidAt: now.toISOString(),
  });
}

const noQueue: ReportQueue = {
  add: async () => {},
  ensure: async () => 'present',
  ping: async () => {},
  health: async () => perQueue(() => ({ paused: false, workers: 1 })),
  close: async () => {},
};

function fileInsteadOfBlob(out: string): BlobStore {
  return {
    async upload(file) {
      makePrivateFolder(dirname(out), 'leave');
      makePrivateFile(out);
      await copyFile(file, out);
      return { url: pathToFileURL(out).href, bytes: (await stat(out)).size };
    },
    signedUrl: async () => pathToFileURL(out).href,
    removeFolder: async () => 0,
  };
}
