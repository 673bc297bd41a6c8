/** Bull Board's buttons act on reports: the store is the truth, and the sweeper would undo a change to a job alone. */
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Job, Queue } from 'bullmq';
import { AlmanacError } from '../../domain/errors.ts';
import type { Operators } from '../../orders/operators/create-operators.ts';

const BY_BOARD = 'by a button of Bull Board';

/**
 * Retry and promote go to the operator's use cases. Removing, cleaning and emptying need no hook: the
 * sweeper adds a job again for each report that should have one. Pausing affects only the queue.
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
    // a report that has begun meanwhile must not stop the others
    await Promise.allSettled((await getJobs(['delayed'])).map((job) => hooked(job).promote()));
  };
  adapter.addJob = async () => {
    throw new AlmanacError('report_state', 'Jobs are made from reports: retry the report instead.');
  };
  return adapter;

  /** @returns the job, with methods that act on its report; a settling job is left unchanged */
  function hooked<J extends Job | undefined>(job: J): J {
    const reportId: unknown = job?.data?.reportId;
    if (!job || typeof reportId !== 'string') return job;
    job.retry = () => operators.reviveReport(reportId, BY_BOARD);
    job.promote = async () =>
      void (await operators.moveReport('hasten', reportId, { why: BY_BOARD }));
    return job;
  }
}
