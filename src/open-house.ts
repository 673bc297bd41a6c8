/** What every process and command opens: store, queue, signals, blob store. Wiring only. */
import type { Config } from './config.ts';
import { createBlobStore } from './delivery/blob.ts';
import type { Catalogue } from './domain/catalogue.ts';
import { scaledTimings, type Timings, withoutGrace } from './domain/patience.ts';
import type { Store } from './domain/ports/store.ts';
import type { BlobStore, ReportQueue, Signals } from './domain/ports/work.ts';
import { scaleLimits } from './domain/scale-limits.ts';
import { checkDefinitions } from './llm/models/check-definitions.ts';
import { profileOf } from './llm/models/profile-of.ts';
import { catalogue } from './products/catalogue.ts';
import { createReportQueue } from './queue/report-queue.ts';
import { createSignals } from './queue/signals.ts';
import { openStore } from './store/open-store.ts';
import { createLog, type Log } from './telemetry/log.ts';

export interface House {
  config: Config;
  timings: Timings;
  clock: () => Date;
  log: Log;
  catalogue: Catalogue;
  store: Store;
  /** options for any other connection to Redis */
  redis: { redisUrl: string; timings: Timings; log: Log };
  /** Each of these is opened when it is first read. */
  readonly queue: ReportQueue;
  readonly signals: Signals;
  readonly blob: BlobStore;
  /** Closes what was opened. */
  close(): Promise<void>;
}

/**
 * @param who.process names it in the log
 * @param who.silent logs nothing: a command prints only its result
 * @throws AlmanacError `store_unavailable`; `config` for a definition whose model does not take its settings
 */
export async function openHouse(
  config: Config,
  who: { process: string; silent?: boolean },
): Promise<House> {
  checkDefinitions(catalogue.definitions, config.models.likes, config.modelOverride);
  const scaled = scaledTimings(config.timeScale);
  const timings = config.grace ? scaled : withoutGrace(scaled);
  const level = who.silent ? 'silent' : config.logLevel;
  const log = createLog({ level, pretty: !config.production, process: who.process });
  const store = await openStore(config.databaseUrl, { log });
  const redis = { redisUrl: config.redisUrl, timings, log };
  let queue: ReportQueue | null = null;
  let signals: Signals | null = null;
  let blob: BlobStore | null = null;

  return {
    config,
    timings,
    clock: () => new Date(),
    log,
    catalogue: {
      ...scaleLimits(catalogue, config.timeScale),
      knownLastDay: (model) =>
        profileOf(config.modelOverride ?? model, config.models.likes)?.lastDay ?? null,
    },
    store,
    redis,
    get queue() {
      queue ??= createReportQueue(redis);
      return queue;
    },
    get signals() {
      signals ??= createSignals(redis);
      return signals;
    },
    get blob() {
      blob ??= createBlobStore({ ...config.providers.blob, timings });
      return blob;
    },
    async close() {
      await Promise.allSettled([queue?.close(), signals?.close()]);
      await store.close();
    },
  };
}
