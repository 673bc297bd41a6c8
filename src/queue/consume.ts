/** The consumer's side of a queue: takes jobs, hands them to the handler, acts on its outcomes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { RunStopped } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Timings } from '../domain/patience.ts';
import type { QueueName } from '../domain/product.ts';
import type { Log } from '../telemetry/log.ts';
import { actOn } from './act-on.ts';
import { stopListening } from './bullmq-insides.ts';
import { connectWorker } from './connection.ts';
import { nudgeJobSchema, type ReportJob, reportJobSchema } from './job.ts';

export interface ConsumeOptions {
  redisUrl: string;
  queue: QueueName;
  /** jobs carried out at once */
  concurrency: number;
  timings: Timings;
  log: Log;
  /** @param signal aborted with a RunStopped when this process closes or has lost the job's lock */
  carryOut(job: ReportJob, signal: AbortSignal): Promise<Outcome>;
  /** what jobs with other names do for their order; only the `bundle` queue has them */
  nudges?: Readonly<Record<string, (orderId: string) => Promise<void>>>;
}

export interface Consumer {
  /** Resolves when jobs are being taken: waits for Redis as long as it takes. */
  ready(): Promise<void>;
  /**
   * Stops taking jobs and tells the running ones to let go. Those that do not within
   * `timings.handOver` are given to other workers anyway.
   */
  close(): Promise<void>;
}

// BullMQ fails a job for good after this many crashes. We count crashes in the store.
const NEVER = Number.MAX_SAFE_INTEGER;

export function consume(options: ConsumeOptions): Consumer {
  const { queue, timings, log } = options;
  const { redis, onFault } = connectWorker(options);
  const running = new Map<string, { job: Job; stop: AbortController; outcome: Promise<Outcome> }>();
  let closing = false;
  let closed: Promise<void> | null = null;

  async function process(job: Job, token = ''): Promise<void> {
    // Taken just as we close: hand it back untouched.
    if (closing) return actOn({ kind: 'snooze', delayMs: 0, reason: 'closing' }, job, token);
    const nudge = options.nudges?.[job.name];
    if (nudge) return nudge(parsed(nudgeJobSchema, job).orderId);
    const stop = new AbortController();
    const outcome = options.carryOut(parsed(reportJobSchema, job), stop.signal);
    const id = job.id ?? '';
    running.set(id, { job, stop, outcome });
    try {
      log.info({ jobId: id, outcome: await outcome }, 'run ended');
      await actOn(await outcome, job, token);
    } finally {
      if (running.get(id)?.job === job) running.delete(id);
    }
  }

  const worker = new Worker(queue, (job: Job, token?: string) => process(job, token), {
    connection: redis,
    concurrency: options.concurrency,
    lockDuration: timings.lock,
    stalledInterval: timings.stalledCheck,
    maxStalledCount: NEVER,
    runRetryDelay: timings.redisReconnect,
    drainDelay: timings.poll / 1_000, // seconds; needed when the call that wakes an idle worker was lost
  });
  worker.on('error', onFault);
  worker.on('stalled', (jobId) => log.warn({ jobId }, 'took over a job whose worker was lost'));
  worker.on('lockRenewalFailed', (jobIds) => {
    // Another worker has these jobs by now, or soon will.
    for (const id of jobIds) {
      running.get(id)?.stop.abort(new RunStopped('lock_lost', `the lock of job ${id} was lost`));
    }
  });

  return {
    async ready() {
      await worker.waitUntilReady();
    },

    close: () => (closed ??= close()),
  };

  async function close(): Promise<void> {
    closing = true;
    const timer = new AbortController();
    const late = sleep(timings.handOver, 'late', { signal: timer.signal }).catch(() => 'late');
    // Takes nothing more from here on; waits for the running jobs, without limit.
    const drained = worker.close();
    drained.catch(() => {}); // if Redis is away, the connection is closed before this ends
    // This comes first, but the runs need most of the time to let go.
    const deaf = stopListening(worker).catch(() => {});
    await Promise.race([deaf, sleep(timings.handOver / 10)]);
    log.debug({ jobIds: [...running.keys()] }, 'stopping runs');
    for (const { stop } of running.values()) {
      stop.abort(new RunStopped('closing', 'this process is closing'));
    }
    // While Redis is away no job can be given back: it is enough that the runs have let go.
    const runs = [...running.values()].map(({ outcome }) => outcome);
    const over = redis.status === 'ready' ? drained : Promise.allSettled(runs);
    if ((await Promise.race([over, late])) === 'late') await abandon();
    timer.abort();
    redis.disconnect();
  }

  /** Runs that did not let go: others take over their jobs, and the fence stops these from writing. */
  async function abandon(): Promise<void> {
    const jobs = [...running.values()].map(({ job }) => job);
    log.warn({ jobIds: jobs.map((job) => job.id) }, 'gave away runs that did not let go in time');
    const given = jobs.map((job) => job.moveToWait(job.token));
    const late = sleep(timings.handOver / 4, undefined, { ref: false });
    await Promise.race([Promise.allSettled(given), late]);
    worker.disconnect().catch(() => {});
  }
}

/** A job that is not ours can never succeed. */
function parsed<T>(schema: { parse(data: unknown): T }, job: Job): T {
  try {
    return schema.parse(job.data);
  } catch (error) {
    throw new UnrecoverableError(`job ${job.id} does not hold valid ids: ${error}`);
  }
}
