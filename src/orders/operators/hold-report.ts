/** An operator stops a report for a while: what it has stays, and its deadline stands still. */
import type { Report } from '../../domain/report.ts';
import { REPORT_TRANSITIONS } from '../../domain/transitions.ts';
import { type ByHandDeps, moveByHand } from './move-by-hand.ts';

/** Reason of a report that nothing but a person's wish holds. */
export const HELD_BY_OPERATOR = 'operator';

/** @throws AlmanacError `not_found`, `report_state` */
export type HoldReport = (reportId: string, why: string) => Promise<Report>;

export function createHoldReport(deps: ByHandDeps): HoldReport {
  return (reportId, why) =>
    moveByHand(deps, reportId, {
      action: 'hold',
      takes: 'an open report',
      detail: why,
      plan: ({ state }) =>
        REPORT_TRANSITIONS[state].includes('held')
          ? { to: 'held', change: { reason: HELD_BY_OPERATOR } }
          : null,
    });
}
