/**
 * Bull Board's buttons mean reports: the store is the truth, and a job alone changed there would
 * only be put right again by the sweeper.
 */
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Job, Queue } from 'bullmq';
import { AlmanacError } from '../../domain/errors.ts';
import type { Operators } from '../../orders/operators/create-operators.ts';

const BY_BOARD = 'by a button of Bull Board';

/**
 * Retry and promote go to the operator's use cases. Removing, cleaning and emptying need no hook: the
 * sweeper puts a job back for each report that should have one. Pausing pauses the queue alone.
 */
export function boardAdapter(
  queue: Queue,
  operators: Pick<Operators, 'reviveReport' | 'moveReport'>,
): BullMQAdapter {
  const adapter = new BullMQAdapter(queue);
  const getJob = adapter.getJob.bind(adapter);
  const getJobs = adapter.getJobs.bind(adapter);

  adapter.getJob = async (id) => hooked(await getJob(id));
  adapter.getJobs = async (...range) => (await getJobs(...range)).map((job) => hooked(job));
  adapter.promoteAll = async () => {
    // one whose report has begun meanwhile must not keep the others from it
    await Promise.allSettled((await getJobs(['delayed'])).map((job) => hooked(job).promote()));
  };
  adapter.addJob = async () => {
    throw new AlmanacError('report_state', 'Jobs follow from reports: retry the report instead.');
  };
  return adapter;

  /** @returns the job, whose methods now speak to its report; a settling job stays as it is */
  function hooked<J extends Job | undefined>(job: J): J {
    const reportId: unknown = job?.data?.reportId;
    if (!job || typeof reportId !== 'string') return job;
    job.retry = () => operators.reviveReport(reportId, BY_BOARD);
    job.promote = async () =>
      void (await operators.moveReport('hasten', reportId, { why: BY_BOARD }));
    return job;
  }
}
