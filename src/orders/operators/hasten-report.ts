/** An operator has a report that waits for its time tried now. */
import type { Report } from '../../domain/report.ts';
import { type ByHandDeps, findReport, prompt } from './move-by-hand.ts';

/**
 * Does nothing to a report that runs already.
 * @throws AlmanacError `not_found`
 */
export type HastenReport = (reportId: string) => Promise<Report>;

export function createHastenReport(deps: ByHandDeps): HastenReport {
  return async (reportId) => {
    const report = await findReport(deps.store, reportId);
    if (report.state !== 'waiting') return report;
    // refused when a run claims it in this moment: then nothing is to be hastened any more
    const hastened = await deps.store.reports.change(report.id, report.fence, { notBefore: null });
    await prompt(deps, report);
    return hastened ?? report;
  };
}
