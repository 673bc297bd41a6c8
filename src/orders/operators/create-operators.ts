/** The operators' use cases, built from the ports. */
import type { Store } from '../../domain/ports/store.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportState } from '../../domain/transitions.ts';
import { createMoveReport, type MoveReport, type MoveReportDeps } from './move-report.ts';
import { createRefundOrder, type RefundOrder } from './refund-order.ts';
import { createResendLetter, type ResendLetter } from './resend-letter.ts';
import { createReviveReport, type ReviveReport } from './revive-report.ts';

export interface Operators {
  /** Oldest first. */
  listReports(state: ReportState, most: number): Promise<Report[]>;
  moveReport: MoveReport;
  reviveReport: ReviveReport;
  refundOrder: RefundOrder;
  resendLetter: ResendLetter;
}

export function createOperators(deps: MoveReportDeps & { store: Store }): Operators {
  const moveReport = createMoveReport(deps);
  return {
    listReports: (state, most) => Array.fromAsync(deps.store.reports.inStates([state], most)),
    moveReport,
    reviveReport: createReviveReport({ ...deps, moveReport }),
    refundOrder: createRefundOrder(deps),
    resendLetter: createResendLetter(deps),
  };
}
