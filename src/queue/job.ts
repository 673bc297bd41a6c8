/** What a job is: BullMQ's carrier of a report. It holds ids only, and is parsed on both sides. */
import type { JobsOptions } from 'bullmq';
import { z } from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9_-]{0,119}$/);

export const REPORT_JOB = 'carry-out-report';
export const reportJobSchema = z.strictObject({ reportId: id, orderId: id });
export type ReportJob = z.infer<typeof reportJobSchema>;

/** Parent of a bundle's reports: nudges the order's settling when the last of them has ended. */
export const SETTLE_JOB = 'settle-order';
/** Nudges a worker to send what letters an order has due: only workers send. */
export const LETTERS_JOB = 'send-letters';
/** Of a nudge: a job that only wakes a worker, which then looks at the store. */
export const nudgeJobSchema = z.strictObject({ orderId: id });

export function settleJobIdOf(orderId: string): string {
  return `${orderId}-bundle`;
}

export function lettersJobIdOf(orderId: string): string {
  return `${orderId}-letters`;
}

const DAY_SECONDS = 24 * 60 * 60;

/**
 * What every job has in common. BullMQ never counts attempts: the report does. Ended jobs are kept
 * for the operator's eyes only, so that Redis does not grow without end.
 */
export const JOB_OPTIONS = {
  attempts: 1,
  removeOnComplete: { age: 7 * DAY_SECONDS, count: 2_000 },
  removeOnFail: { age: 30 * DAY_SECONDS, count: 2_000 },
} as const satisfies JobsOptions;
