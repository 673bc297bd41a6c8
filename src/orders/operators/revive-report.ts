/** What an operator means by "again" at a job: its report goes on from its last section. */
import { AlmanacError } from '../../domain/errors.ts';
import type { HastenReport } from './hasten-report.ts';
import { type ByHandDeps, findReport, prompt } from './move-by-hand.ts';
import type { ReleaseReport } from './release-report.ts';
import type { RetryReport } from './retry-report.ts';

export interface ReviveReportDeps extends ByHandDeps {
  retryReport: RetryReport;
  releaseReport: ReleaseReport;
  hastenReport: HastenReport;
}

/** @throws AlmanacError `not_found`, or `report_state` when it is delivered or cancelled */
export type ReviveReport = (reportId: string, why: string) => Promise<void>;

export function createReviveReport(deps: ReviveReportDeps): ReviveReport {
  return async (reportId, why) => {
    const report = await findReport(deps.store, reportId);
    switch (report.state) {
      case 'failed':
        return void (await deps.retryReport(reportId, why));
      case 'held':
        return void (await deps.releaseReport(reportId, why));
      case 'waiting':
        return void (await deps.hastenReport(reportId));
      case 'delivered':
      case 'cancelled':
        throw new AlmanacError('report_state', `${reportId} is ${report.state}: it has ended.`);
      default:
        return prompt(deps, report);
    }
  };
}
