/** An operator lets a held report go on, with as much time before its deadline as it had. */
import type { Report } from '../domain/report.ts';
import { type ByHandDeps, moveByHand, prompt } from './move-by-hand.ts';

/** @throws AlmanacError `not_found`, `report_state` */
export type ReleaseReport = (reportId: string, why: string) => Promise<Report>;

export function createReleaseReport(deps: ByHandDeps): ReleaseReport {
  return async (reportId, why) => {
    const report = await moveByHand(deps, reportId, {
      action: 'release',
      takes: 'a held report',
      detail: why,
      plan(held, now) {
        if (held.state !== 'held') return null;
        const deadline = deadlineAfter(held, now);
        const fresh = { crashes: 0, snoozes: 0, notBefore: null, reason: null };
        return { to: 'waiting', change: { ...fresh, deadline } };
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
