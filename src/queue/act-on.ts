/** The only place that turns a run's outcome into what BullMQ does with the job. */
import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq';
import type { Outcome } from '../domain/outcome.ts';

/**
 * Returning completes the job. Waiting and delaying bypass BullMQ's attempts: the report counts its own.
 * @throws the error that tells BullMQ that the job was moved, or has failed for good
 */
export async function actOn(outcome: Outcome, job: Job, token: string): Promise<void> {
  switch (outcome.kind) {
    case 'done':
    case 'drop':
    case 'hold':
    case 'cancel':
      return;
    case 'retry':
    case 'snooze':
      return giveBack(outcome.delayMs, job, token);
    case 'fail':
      throw new UnrecoverableError(outcome.reason);
  }
}

async function giveBack(delayMs: number, job: Job, token: string): Promise<never> {
  try {
    if (delayMs > 0) await job.moveToDelayed(Date.now() + delayMs, token);
    else await job.moveToWait(token);
  } catch {
    // The lock was lost or the job removed: BullMQ's stall check or the sweeper brings it back.
    throw new WaitingError();
  }
  throw delayMs > 0 ? new DelayedError() : new WaitingError();
}
