/** Brings a report's job to the front, once the store says what to do. */
import type { ReportQueue } from '../domain/ports/work.ts';
import type { Report } from '../domain/report.ts';
import type { Log } from '../telemetry/log.ts';

export interface NudgeDeps {
  queue: Pick<ReportQueue, 'ensure'>;
  log: Log;
}

/** If Redis is away, the sweeper does it later. */
export async function nudgeReport(
  { queue, log }: NudgeDeps,
  { id: reportId, orderId, queue: name }: Report,
): Promise<void> {
  try {
    await queue.ensure({ reportId, orderId, queue: name, delayMs: 0 });
  } catch (err) {
    log.warn({ err, reportId }, 'job not ensured: the sweeper will do it');
  }
}
