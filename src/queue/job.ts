/** A job carries a report through BullMQ. It holds ids only, and both sides parse it. */
import type { JobsOptions } from 'bullmq';
import { z } from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9_-]{0,119}$/);

export const REPORT_JOB = 'carry-out-report';
export const reportJobSchema = z.strictObject({ reportId: id, orderId: id });
export type ReportJob = z.infer<typeof reportJobSchema>;

/** Parent of a bundle's reports: nudges a worker to settle the order when the last of them has ended. */
export const SETTLE_JOB = 'settle-order';
/** Nudges a worker to send an order's due letters: only workers send. */
export const LETTERS_JOB = 'send-letters';
/** A nudge only wakes a worker, which then looks at the store. */
export const nudgeJobSchema = z.strictObject({ orderId: id });

export function settleJobIdOf(orderId: string): string {
  return `${orderId}-bundle`;
}

export function lettersJobIdOf(orderId: string): string {
  return `${orderId}-letters`;
}

const DAY_SECONDS = 24 * 60 * 60;

/**
 * What all jobs have in common. The report counts attempts; BullMQ never does. Ended jobs are kept only for
 * operators to look at, and not for ever, so that Redis does not grow without end.
 */
export const JOB_OPTIONS = {
  attempts: 1,
  removeOnComplete: { age: 7 * DAY_SECONDS, count: 2_000 },
  removeOnFail: { age: 30 * DAY_SECONDS, count: 2_000 },
} as const satisfies JobsOptions;
