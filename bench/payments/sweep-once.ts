/** Does what a worker's sweeper does for paid orders, without a worker that carries out reports. */

import { PRODUCTION_TIMINGS } from '../../src/domain/patience.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { createCommitPaidOrder } from '../../src/orders/commit-paid-order.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { sweep } from '../../workers/sweeper.ts';

export async function sweepOnce(store: Store, redisUrl: string): Promise<void> {
  const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
  const queue = createReportQueue({ redisUrl, timings: PRODUCTION_TIMINGS, log });
  const signals = { wake: () => {}, listen: () => () => {}, close: async () => {} };
  const deps = {
    store,
    catalogue,
    queue,
    signals,
    log,
    timings: PRODUCTION_TIMINGS,
    clock: () => new Date(),
  };
  try {
    const commitPaidOrder = createCommitPaidOrder(deps);
    const nothing = async (): Promise<void> => {}; // here no report ends and no letter is sent
    await sweep({ ...deps, commitPaidOrder, settleOrder: nothing, sendEmail: nothing });
  } finally {
    await queue.close();
  }
}
