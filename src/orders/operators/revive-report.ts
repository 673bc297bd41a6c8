/** What an operator means by retrying a job: its report continues after its last section. */
import { AlmanacError } from '../../domain/errors.ts';
import type { ReportState } from '../../domain/transitions.ts';
import { nudgeReport } from '../nudge-report.ts';
import { findReport, type MoveReport, type MoveReportDeps } from './move-report.ts';
import type { MoveName } from './moves.ts';

/** @throws AlmanacError `not_found`, or `report_state` when it is delivered or cancelled */
export type ReviveReport = (reportId: string, why: string) => Promise<void>;

const AGAIN: Partial<Record<ReportState, MoveName>> = {
  failed: 'retry',
  held: 'release',
  waiting: 'hasten',
};
const ENDED: readonly ReportState[] = ['delivered', 'cancelled'];

export function createReviveReport(
  deps: Pick<MoveReportDeps, 'store' | 'queue' | 'log'> & { moveReport: MoveReport },
): ReviveReport {
  return async (reportId, why) => {
    const report = await findReport(deps.store, reportId);
    const move = AGAIN[report.state];
    if (ENDED.includes(report.state)) {
      throw new AlmanacError('report_state', `${reportId} is ${report.state}: it has ended.`);
    }
    if (move) await deps.moveReport(move, reportId, { why });
    else await nudgeReport(deps, report);
  };
}
