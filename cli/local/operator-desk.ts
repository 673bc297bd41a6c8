/** What an operator's command works on: the store and the queue of this environment. */
import { scaledTimings } from '../../src/domain/timings.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createSignals } from '../../src/queue/signals.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { configOfCommand } from './environment.ts';

/** @throws AlmanacError `config`, `store_unavailable` */
export async function openDesk() {
  const config = configOfCommand('operator');
  const timings = scaledTimings(config.timeScale);
  // the result is what the command prints; where Redis is away the sweeper adds the jobs
  const log = createLog({ level: 'silent', pretty: false, process: 'operator' });
  const store = await openStore(config.databaseUrl, { log });
  const redis = { redisUrl: config.redisUrl, timings, log };
  const queue = createReportQueue(redis);
  const signals = createSignals(redis);
  return {
    ...{ config, store, queue, signals, timings, catalogue, log },
    clock: () => new Date(),
    async close(): Promise<void> {
      await Promise.allSettled([queue.close(), signals.close()]);
      await store.close();
    },
  };
}
