/** The workers' wiring: config -> adapters -> hot path -> consumer and sweeper -> closing. */
import { type Config, loadConfig } from '../src/config.ts';
import { createBlobStore } from '../src/delivery/blob.ts';
import { composeAlert, composeLetter } from '../src/delivery/letters/compose-letter.ts';
import { createMailer } from '../src/delivery/mailer.ts';
import { AlmanacError, NeedsOperator } from '../src/domain/errors.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { ProductDefinition, QueueName } from '../src/domain/product.ts';
import { scaledTimings } from '../src/domain/timings.ts';
import { createTokens } from '../src/domain/token.ts';
import { createLlm } from '../src/llm/create-llm.ts';
import { createLimits } from '../src/llm/limits/shared-limits.ts';
import { createCommitPaidOrder } from '../src/orders/commit-paid-order.ts';
import { createSendEmail } from '../src/orders/letters/send-email.ts';
import { createSendLetters } from '../src/orders/letters/send-letters.ts';
import { createSettleOrder } from '../src/orders/settle-order.ts';
import { startChores } from '../src/orders/start-chores.ts';
import { createPdfRenderer } from '../src/pdf/process/renderer.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { catalogue } from '../src/products/catalogue.ts';
import { consume } from '../src/queue/consume.ts';
import { LETTERS_JOB, SETTLE_JOB } from '../src/queue/job.ts';
import { createReportQueue } from '../src/queue/report-queue.ts';
import { createSignals } from '../src/queue/signals.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog, type Log } from '../src/telemetry/log.ts';
import { createCarryOutReport } from './carry-out-report.ts';
import { closeWorker } from './close-worker.ts';
import { startHeartbeat } from './heartbeat.ts';
import { scaleLimits } from './scale-limits.ts';
import { createScratch } from './scratch-file.ts';
import { sweep } from './sweeper.ts';
import { startWatchdog } from './watchdog.ts';

/** Settling takes milliseconds: one bundle worker serves any number of orders. */
const BUNDLE_CONCURRENCY = 4;

/** Runs until SIGTERM or SIGINT. Exits 1, with one line, when it cannot start. */
export async function startWorker(queue: QueueName): Promise<void> {
  try {
    const config = loadConfig(queue === 'bundle' ? 'bundle' : 'worker');
    const log = createLog({
      level: config.logLevel,
      pretty: !config.production,
      process: nameOf(queue),
    });
    const store = await openStore(config.databaseUrl, { log });
    await serve(queue, config, store, log);
  } catch (error) {
    const reason = error instanceof AlmanacError ? error.message : String(error);
    process.stderr.write(`worker ${queue}: ${reason}\n`);
    process.exit(1);
  }
}

async function serve(queue: QueueName, config: Config, store: Store, log: Log): Promise<void> {
  const name = nameOf(queue);
  const timings = scaledTimings(config.timeScale);
  const clock = () => new Date();
  const base = {
    store,
    catalogue: scaleLimits(catalogue, config.timeScale),
    timings,
    log,
    clock,
  };
  const watchdog = await startWatchdog(
    { ...timings, databaseUrl: config.databaseUrl, logLevel: config.logLevel, process: name },
    (error) => {
      log.fatal({ err: error }, 'the watchdog died');
      process.exit(1);
    },
  );
  const redis = { redisUrl: config.redisUrl, timings, log };
  const reportQueue = createReportQueue(redis);
  const signals = createSignals(redis);
  const blob = createBlobStore({ ...config.providers.blob, timings });
  const mailer = createMailer({
    ...config.providers.sendgrid,
    timings,
    from: config.mailFrom,
    replyTo: config.replyTo,
  });
  const { openai } = config.providers;
  const limits = createLimits({ ...redis, limits: config.callLimits });
  const { askStep, checkModels } = createLlm({
    ...base,
    limits,
    caps: config.caps,
    apiKey: openai.key,
    baseUrl: openai.url,
    modelOverride: config.modelOverride,
  });

  const tokens = createTokens(config.tokenSecret);
  const { publicUrl, workDir } = config;
  const sendEmail = createSendEmail({
    ...base,
    composeLetter,
    composeAlert,
    mailer,
    operatorEmail: config.operatorEmail,
    tokens,
    publicUrl,
  });
  const sendLetters = createSendLetters({ store, sendEmail });
  const settleOrder = createSettleOrder({ ...base, signals, sendEmail });
  const commitPaidOrder = createCommitPaidOrder({ ...base, queue: reportQueue, signals });
  const runSteps = createRunSteps({ ...base, askStep, signals });
  const renderer = createPdfRenderer({ log });
  const scratch = createScratch(workDir);
  const carryOut = createCarryOutReport({
    ...base,
    runSteps,
    renderer,
    blob,
    signals,
    settleOrder,
    watchRun: watchdog.watch,
    awakeMs: watchdog.awakeMs,
    scratch,
  });

  const concurrency = concurrencyOf(queue);
  const prompts = { [SETTLE_JOB]: settleOrder, [LETTERS_JOB]: sendLetters };
  const consumer = consume({ ...redis, queue, concurrency, carryOut, prompts });
  const sweeping = { ...base, queue: reportQueue, commitPaidOrder, settleOrder, sendEmail };
  const chores = startChores(
    [
      {
        name: 'sweep',
        everyMs: timings.sweep,
        lease: 'keep',
        turn: (stop) => sweep(sweeping, stop),
      },
      { name: 'tidy', everyMs: timings.purgeAgain, turn: () => scratch.tidy(store.reports) },
    ],
    base,
  );
  const stopHeartbeat = startHeartbeat(workDir, timings.heartbeat);

  async function close(): Promise<void> {
    stopHeartbeat();
    log.info('closing');
    await closeWorker({ consumer, chores, store, timings });
    process.exit(0);
  }
  let closing = false;
  function shut(): void {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), 4 * timings.handOver).unref(); // nothing may keep it alive
    close().catch(() => process.exit(1));
  }
  // disconnect: the process that started this one is gone; maybe it went before anybody listened
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, shut);
  if (process.connected === false) shut();

  await consumer.ready();
  log.info({ concurrency, sandboxed: config.sandboxed }, 'ready');
  process.send?.('ready');
  // A key or a model that is gone is told before the first customer meets it; nothing is held for it.
  await checkModels(modelsOf(queue)).catch((error: unknown) => {
    const fatal = error instanceof NeedsOperator;
    log[fatal ? 'error' : 'warn']({ err: error }, 'models not confirmed by the provider');
  });
}

function nameOf(queue: QueueName): string {
  return `worker:${queue}`;
}

function concurrencyOf(queue: QueueName): number {
  return Math.max(...served(queue).map((product) => product.concurrency), 0) || BUNDLE_CONCURRENCY;
}

function modelsOf(queue: QueueName): string[] {
  return served(queue).map((product) => product.model.name);
}

function served(queue: QueueName): ProductDefinition[] {
  return catalogue.products.filter((product) => product.queue === queue);
}
