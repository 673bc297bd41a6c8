/** Ensures that a report has a live job, whatever became of its last one. */
import type { JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { dueAt } from './bullmq-insides.ts';
import { REPORT_JOB, type ReportJob } from './job.ts';

/**
 * @param slackMs a delayed job that is late by less than this stays as it is
 * @returns what was done
 */
export async function ensureJob(
  redis: Redis,
  queue: Queue,
  data: ReportJob,
  opts: JobsOptions & { jobId: string; delay: number },
  slackMs: number,
): Promise<'added' | 'replaced' | 'promoted' | 'present'> {
  const job = await queue.getJob(opts.jobId);
  if (!job) {
    await queue.add(REPORT_JOB, data, opts);
    return 'added';
  }
  switch (await job.getState()) {
    // An ended job still occupies its id, and an `unknown` one is in no list: neither ever runs again.
    case 'completed':
    case 'failed':
    case 'unknown':
      await queue.remove(opts.jobId);
      await queue.add(REPORT_JOB, data, opts);
      return 'replaced';
    case 'delayed': {
      const due = await dueAt(redis, queue, opts.jobId);
      if (due === null || due <= Date.now() + opts.delay + slackMs) return 'present';
      if (opts.delay === 0) await job.promote();
      else await job.changeDelay(opts.delay);
      return 'promoted';
    }
    default:
      return 'present';
  }
}
