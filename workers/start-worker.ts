/** The workers' wiring: config -> adapters -> hot path -> consumer and sweeper -> closing. */
import { loadConfig } from '../src/config.ts';
import { composeAlert, composeLetter } from '../src/delivery/letters/compose-letter.ts';
import { createMailer } from '../src/delivery/mailer.ts';
import { createTellAlive } from '../src/delivery/tell-alive.ts';
import { checkPlans } from '../src/domain/check-plans.ts';
import { EMAIL_KINDS, LETTER_KINDS } from '../src/domain/email.ts';
import { AlmanacError, NeedsOperator } from '../src/domain/errors.ts';
import type { QueueName } from '../src/domain/product.ts';
import { createTokens } from '../src/domain/token.ts';
import { createLlm } from '../src/llm/create-llm.ts';
import { createLimits } from '../src/llm/limits/shared-limits.ts';
import { type House, openHouse } from '../src/open-house.ts';
import { createCommitPaidOrder } from '../src/orders/commit-paid-order.ts';
import { createSendEmail } from '../src/orders/letters/send-email.ts';
import { createSendLetters } from '../src/orders/letters/send-letters.ts';
import { createSettleOrder } from '../src/orders/settle-order.ts';
import { startChores } from '../src/orders/start-chores.ts';
import { createWatchLife, showLife } from '../src/orders/watch/life.ts';
import { createWatchEffects } from '../src/orders/watch/watch-effects.ts';
import { createPdfRenderer } from '../src/pdf/process/renderer.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { consume } from '../src/queue/consume.ts';
import { LETTERS_JOB, SETTLE_JOB } from '../src/queue/job.ts';
import { createCarryOutReport } from './carry-out-report.ts';
import { closeWorker } from './close-worker.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createScratch } from './scratch-file.ts';
import { sweep } from './sweeper.ts';
import { startWatchdog } from './watchdog.ts';

/** Settling takes milliseconds: one bundle worker serves any number of orders. */
const BUNDLE_CONCURRENCY = 4;

/** Runs until SIGTERM or SIGINT. Exits 1, with one line, when it cannot start. */
export async function startWorker(queue: QueueName): Promise<void> {
  try {
    const config = loadConfig(queue === 'bundle' ? 'bundle' : 'worker');
    const house = await openHouse(config, { process: nameOf(queue) });
    await serve(queue, house);
  } catch (error) {
    const reason = error instanceof AlmanacError ? error.message : String(error);
    process.stderr.write(`worker ${queue}: ${reason}\n`);
    process.exit(1);
  }
}

async function serve(queue: QueueName, house: House): Promise<void> {
  const { config, store, catalogue, timings, log, clock, redis } = house;
  checkPlans(catalogue.definitions.filter((each) => each.queue === queue));
  const base = { store, catalogue, timings, log, clock };
  const { databaseUrl, logLevel, publicUrl, workDir } = config;
  const watchdog = await startWatchdog(
    { ...timings, databaseUrl, logLevel, process: nameOf(queue) },
    (error) => {
      log.fatal({ err: error }, 'the watchdog died');
      process.exit(1);
    },
  );
  // opened only now: from here on nothing is awaited until this process listens for its end
  const { signals, queue: reportQueue } = house;
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
    models: config.models,
  });

  const tokens = createTokens(config.tokenSecret);
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
    blob: house.blob,
    signals,
    settleOrder,
    watchRun: watchdog.watch,
    awakeMs: watchdog.awakeMs,
    scratch,
  });

  const products = catalogue.products.filter((product) => product.queue === queue);
  const concurrency =
    Math.max(...products.map((each) => each.concurrency), 0) || BUNDLE_CONCURRENCY;
  const nudges = { [SETTLE_JOB]: settleOrder, [LETTERS_JOB]: sendLetters };
  const consumer = consume({ ...redis, queue, concurrency, carryOut, nudges });
  // alerts are left to processes that know whom to tell
  const sends = config.operatorEmail === null ? LETTER_KINDS : EMAIL_KINDS;
  const orders = { commitPaidOrder, settleOrder, sendEmail, sends };
  const sweeping = { ...base, queue: reportQueue, ...orders };
  const tellAlive = createTellAlive({ url: config.aliveUrl, timings, log });
  const chores = startChores(
    [
      {
        name: 'sweep',
        everyMs: timings.sweep,
        lease: 'keep',
        async turn(stop) {
          await sweep(sweeping, stop);
          if (stop.aborted) return;
          await showLife(base, 'sweep');
          await tellAlive();
        },
      },
      { name: 'life', everyMs: timings.lifeSign, turn: createWatchLife(base, 'workers') },
      {
        name: 'watch',
        everyMs: timings.watch,
        lease: 'keep',
        turn: createWatchEffects({ ...base, queue: reportQueue }),
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
  // disconnect: the process that started this one has ended, perhaps before anybody listened
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, shut);
  if (process.connected === false) shut();

  await consumer.ready();
  log.info({ concurrency, sandboxed: config.sandboxed }, 'ready');
  process.send?.('ready');
  // Log a key or model that no longer works before a customer meets it; nothing is held for it.
  await checkModels(products.map(({ model }) => model.name)).catch((error: unknown) => {
    const fatal = error instanceof NeedsOperator;
    log[fatal ? 'error' : 'warn']({ err: error }, 'models not confirmed by the provider');
  });
}

function nameOf(queue: QueueName): string {
  return `worker:${queue}`;
}
