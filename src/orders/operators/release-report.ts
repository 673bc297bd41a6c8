/**
 * An operator lets a held report go on, with as much time before its deadline as it had. One whose
 * model is gone goes on under its product's newest version.
 */
import type { Report } from '../../domain/report.ts';
import { type ByHandDeps, moveByHand, prompt } from './move-by-hand.ts';
import { MODEL_GONE, type RenewVersionDeps, renewVersion } from './renew-version.ts';

/** @throws AlmanacError `not_found`, `report_state` */
export type ReleaseReport = (reportId: string, why: string) => Promise<Report>;

export type ReleaseReportDeps = ByHandDeps & RenewVersionDeps;

export function createReleaseReport(deps: ReleaseReportDeps): ReleaseReport {
  return async (reportId, why) => {
    const report = await moveByHand(deps, reportId, {
      action: 'release',
      takes: 'a held report',
      detail: why,
      async plan(held, now) {
        if (held.state !== 'held') return null;
        const deadline = deadlineAfter(held, now);
        const fresh = { crashes: 0, snoozes: 0, notBefore: null, reason: null };
        const renewed = held.reason === MODEL_GONE ? await renewVersion(deps, held) : null;
        return {
          to: 'waiting',
          change: { ...fresh, deadline, ...renewed?.change },
          ...(renewed && { detail: renewed.detail }),
        };
      },
    });
    await prompt(deps, report);
    return report;
  };
}

function deadlineAfter({ deadline, heldAt }: Report, now: Date): string {
  const stoodStillMs = heldAt === null ? 0 : now.getTime() - Date.parse(heldAt);
  return new Date(Date.parse(deadline) + stoodStillMs).toISOString();
}
