/** The producer's side of the queues: jobs for reports, one queue per product. */
import { FlowProducer, Queue } from 'bullmq';
import { type Timings, TRIES } from '../domain/patience.ts';
import type { QueuedReport, QueueHealth, ReportQueue } from '../domain/ports/work.ts';
import { QUEUES, type QueueName } from '../domain/product.ts';
import type { Log } from '../telemetry/log.ts';
import { connectProducer, orRedisUnavailable } from './connection.ts';
import { ensureJob } from './ensure-job.ts';
import {
  JOB_OPTIONS,
  LETTERS_JOB,
  lettersJobIdOf,
  nudgeJobSchema,
  REPORT_JOB,
  reportJobSchema,
  SETTLE_JOB,
  settleJobIdOf,
} from './job.ts';
import { healthOf } from './queue-health.ts';
import { reopening } from './reopening.ts';

export interface ReportQueueOptions {
  redisUrl: string;
  timings: Timings;
  log: Log;
}

/** Every method throws TransientFault `redis_unavailable` when Redis does not answer. */
export function createReportQueue({ redisUrl, timings, log }: ReportQueueOptions): ReportQueue {
  const redis = connectProducer({ redisUrl, timings, log });
  // skipWaitingForReady: without it `add` hangs for ever when Redis is away from the start
  const options = { connection: redis, skipWaitingForReady: true };
  const flows = reopening(() => new FlowProducer(options));
  const queues = new Map(
    QUEUES.map((name) => [name, reopening(() => new Queue(name, options))] as const),
  );

  function queueNamed(name: QueueName): Promise<Queue> {
    const queue = queues.get(name);
    if (!queue) throw new Error(`no queue is named ${name}`);
    return queue.ready();
  }

  async function addSeparately(reports: QueuedReport[]): Promise<void> {
    for (const report of reports) {
      const { name, data, opts } = jobOf(report);
      await (await queueNamed(report.queue)).add(name, data, opts);
    }
  }

  async function addBundle(orderId: string, reports: QueuedReport[]): Promise<void> {
    await (await flows.ready()).add({
      name: SETTLE_JOB,
      queueName: 'bundle' satisfies QueueName,
      data: nudgeJobSchema.parse({ orderId }),
      opts: {
        ...JOB_OPTIONS,
        jobId: settleJobIdOf(orderId),
        attempts: TRIES.settleJob,
        backoff: { type: 'exponential', delay: timings.settleBackoff },
      },
      children: reports.map((report) => {
        const { name, data, opts } = jobOf(report);
        // otherwise one failed report would keep its parent waiting for ever
        const childOpts = { ...opts, ignoreDependencyOnFailure: true };
        return { name, queueName: report.queue, data, opts: childOpts };
      }),
    });
  }

  /** On the queue whose workers are never busy for long. */
  async function nudgeLetters(orderId: string): Promise<void> {
    const bundle = await queueNamed('bundle');
    await bundle.add(LETTERS_JOB, nudgeJobSchema.parse({ orderId }), {
      jobId: lettersJobIdOf(orderId),
      removeOnComplete: true,
      removeOnFail: true,
    });
  }

  return {
    async add(orderId, reports, bundle) {
      await orRedisUnavailable(nudgeLetters(orderId));
      await orRedisUnavailable(bundle ? addBundle(orderId, reports) : addSeparately(reports));
    },

    ensure(report) {
      const { data, opts } = jobOf(report);
      const ensured = queueNamed(report.queue).then((queue) =>
        ensureJob(redis, queue, data, opts, timings.poll),
      );
      return orRedisUnavailable(ensured);
    },

    async ping() {
      await orRedisUnavailable(redis.ping());
    },

    async health() {
      const each = QUEUES.map(async (name) => [name, await healthOf(await queueNamed(name))]);
      const all = await orRedisUnavailable(Promise.all(each));
      return Object.fromEntries(all) as Record<QueueName, QueueHealth>;
    },

    async close() {
      await Promise.allSettled([flows.close(), ...[...queues.values()].map((q) => q.close())]);
      redis.disconnect();
    },
  };
}

function jobOf({ reportId, orderId, delayMs }: QueuedReport) {
  return {
    name: REPORT_JOB,
    data: reportJobSchema.parse({ reportId, orderId }),
    opts: { ...JOB_OPTIONS, jobId: reportId, delay: delayMs },
  };
}
