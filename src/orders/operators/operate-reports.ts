/** What operators may do to reports, put together. */
import type { Store } from '../../domain/ports/store.ts';
import type { Report } from '../../domain/report.ts';
import type { Timings } from '../../domain/timings.ts';
import type { ReportState } from '../../domain/transitions.ts';
import { type CancelReport, createCancelReport } from './cancel-report.ts';
import { createHastenReport, type HastenReport } from './hasten-report.ts';
import { createHoldReport, type HoldReport } from './hold-report.ts';
import {
  createReleaseReport,
  type ReleaseReport,
  type ReleaseReportDeps,
} from './release-report.ts';
import { createRetryReport, type RetryReport } from './retry-report.ts';
import { createReviveReport, type ReviveReport } from './revive-report.ts';

export interface OperateReports {
  /** Oldest first. */
  list(state: ReportState, most: number): Promise<Report[]>;
  hold: HoldReport;
  release: ReleaseReport;
  cancel: CancelReport;
  retry: RetryReport;
  hasten: HastenReport;
  revive: ReviveReport;
}

export function createOperateReports(
  deps: ReleaseReportDeps & { store: Store; timings: Pick<Timings, 'deadline'> },
): OperateReports {
  const releaseReport = createReleaseReport(deps);
  const retryReport = createRetryReport(deps);
  const hastenReport = createHastenReport(deps);
  return {
    list: (state, most) => Array.fromAsync(deps.store.reports.inStates([state], most)),
    hold: createHoldReport(deps),
    release: releaseReport,
    cancel: createCancelReport(deps),
    retry: retryReport,
    hasten: hastenReport,
    revive: createReviveReport({ ...deps, releaseReport, retryReport, hastenReport }),
  };
}
