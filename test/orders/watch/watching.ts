/** A store, a clock that is moved by hand, and the alerts that were raised so far. */
import pino from 'pino';
import { catalogueOf, definitionOf } from '../../../simulation/shop.ts';
import type { EmailRow } from '../../../src/domain/email.ts';
import { scaledTimings } from '../../../src/domain/patience.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import type { QueueHealth, ReportQueue } from '../../../src/domain/ports/work.ts';
import { QUEUES, type QueueName } from '../../../src/domain/product.ts';
import { showLife } from '../../../src/orders/watch/life.ts';
import { createWatchEffects } from '../../../src/orders/watch/watch-effects.ts';
import { openSample } from '../../workers/sample.ts';

export const timings = scaledTimings(1);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A hundred years. */
const FAR = 876_600 * HOUR;
export const log = pino({ level: 'silent' });

/**
 * @param queue left out: every queue has a worker, and none is paused
 * @param promisedMs of both products; left out: no report is ever late
 */
export async function openWatching(queue?: Pick<ReportQueue, 'health'>, promisedMs = FAR) {
  const sample = await openSample();
  const { store } = sample;
  const ids = ['blueprint', 'life-clarity'] as const;
  const products = ids.map((id) => ({ ...definitionOf(id), promisedMs }));
  let now = new Date('2026-03-01T12:00:00.000Z');
  const clock = () => now;
  const base = { store, timings, log, clock };
  const health = Object.fromEntries(QUEUES.map((name) => [name, { paused: false, workers: 1 }]));
  const { health: askHealth } = queue ?? {
    health: async () => health as Record<QueueName, QueueHealth>,
  };
  const ports = { health: askHealth } as ReportQueue;
  const watch = createWatchEffects({ ...base, queue: ports, catalogue: catalogueOf(...products) });

  return {
    ...sample,
    base,
    health,
    ago: (ms: number) => new Date(now.getTime() - ms).toISOString(),
    now: () => now,
    pass(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    /** One look, with workers alive. */
    async look() {
      await showLife(base, 'workers');
      await watch();
    },
    /** Looks every so often, as the chore does. */
    async lookFor(ms: number, everyMs = MINUTE) {
      for (let passed = 0; passed < ms; passed += everyMs) {
        now = new Date(now.getTime() + everyMs);
        await showLife(base, 'workers');
        await watch();
      }
    },
    watch,
    /** First lines, in the order in which they were raised. */
    async told(): Promise<string[]> {
      return (await alerts(store)).map(({ note }) => note?.split('\n')[0] ?? '');
    },
    alerts: () => alerts(store),
  };
}
export type Watching = Awaited<ReturnType<typeof openWatching>>;

async function alerts(store: Store): Promise<EmailRow[]> {
  return store.emails.created({ from: new Date(0) }, ['due', 'failed'], ['alert'], 100);
}
