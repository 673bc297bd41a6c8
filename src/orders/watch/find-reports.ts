/** Reports that come no nearer to their end, whatever the cause, and those that are late. */
import type { Timings } from '../../domain/patience.ts';
import type { QueueHealth } from '../../domain/ports/work.ts';
import type { QueueName } from '../../domain/product.ts';
import type { Report } from '../../domain/report.ts';
import { CLAIMABLE } from '../../domain/transitions.ts';
import { type Finding, utc } from '../letters/keep-alarms.ts';
import type { Needs } from '../needs.ts';
import { createLateReports } from './find-late.ts';
import { type Standing, several } from './several.ts';

type PlanTimings = Pick<Timings, 'reportStill' | 'snoozeMost'>;
type Times = Pick<Report, 'progressAt' | 'runStartedAt' | 'createdAt' | 'notBefore' | 'snoozes'>;

/** @param health null: not known, as Redis does not say */
export async function findReports(
  deps: Needs<'store' | 'catalogue' | 'timings' | 'log' | 'clock'>,
  health: Readonly<Record<QueueName, QueueHealth>> | null,
): Promise<Finding[]> {
  const { store, timings, log, clock } = deps;
  const now = clock();
  const late = createLateReports(deps);
  const queues = new Map<QueueName, { report: Report; since: Date }[]>();
  for await (const report of store.reports.inStates(CLAIMABLE)) {
    late.see(report);
    const since = stillSince(report, timings);
    if (since === null) log.error({ reportId: report.id }, 'a report without a readable time');
    else if (now.getTime() - since.getTime() >= timings.reportStill - timings.stillSeen) {
      const those = queues.get(report.queue) ?? [];
      queues.set(report.queue, [...those, { report, since }]);
    }
  }
  const still = [...queues].flatMap(([queue, those]) => {
    const standing: Standing[] = those.map(({ report, since }) => ({ id: report.id, since }));
    const reports = those.map(({ report }) => report);
    const deadline = reports.map((report) => report.deadline).toSorted()[0] ?? '';
    const how = { afterMs: timings.reportStill, seenMs: timings.stillSeen };
    return several(
      { cause: `reports-${queue}`, ...how },
      standing,
      `reports stand still: ${queue}`,
      (since) =>
        `${reports.length} of them came no nearer to their end, the first since ${utc(since.toISOString())}.\nWhy, as far as it is known: ${whyOf(reports, health?.[queue], timings).join('; ')}.\nThose that wait fail at their deadline, the first at ${utc(deadline)}, and are refunded.`,
    );
  });
  return [...still, ...late.found()];
}

/**
 * When a report began to stand still: at its last progress, or at the end of a wait by plan. One wait of up to an hour
 * is by plan. A longer one is not, whoever asked for it; nor is a row of waits, each after a try that came to nothing.
 * @returns null for a row whose times cannot be read
 */
export function stillSince(report: Times, timings: PlanTimings): Date | null {
  const progress = progressOf(report);
  if (progress === null) return null;
  const planned = isByPlan(report, timings) ? timeOf(report.notBefore) : null;
  return new Date(Math.max(progress, planned ?? progress));
}

function isByPlan(report: Times, { reportStill, snoozeMost }: PlanTimings): boolean {
  const waitMs = (timeOf(report.notBefore) ?? 0) - (progressOf(report) ?? 0);
  return waitMs <= (report.snoozes > 1 ? snoozeMost : reportStill);
}

function progressOf({ progressAt, runStartedAt, createdAt }: Times): number | null {
  return timeOf(progressAt) ?? timeOf(runStartedAt) ?? timeOf(createdAt);
}

function whyOf(
  reports: readonly Report[],
  health: QueueHealth | undefined,
  timings: PlanTimings,
): string[] {
  const known: string[] = [];
  if (health === undefined) known.push('Redis does not say how its queue is');
  else if (health.paused) known.push('its queue is paused');
  else if (health.workers === 0) known.push('no worker serves its queue');
  const count = (those: readonly Report[], what: string) => {
    if (those.length > 0) known.push(`${what}: ${those.length}`);
  };
  const reasons = new Set(reports.map(({ reason }) => reason));
  for (const reason of reasons) {
    const those = reports.filter((report) => report.reason === reason);
    count(those, reason === null ? 'without a fault so far' : `last fault ${reason}`);
  }
  const far = reports.filter((report) => !isByPlan(report, timings));
  const last = far
    .map(({ notBefore }) => notBefore ?? '')
    .toSorted()
    .at(-1);
  if (last !== undefined) count(far, `told to wait, the longest until ${utc(last)}`);
  const held = reports.filter(({ state }) => state !== 'waiting');
  count(held, 'in the hands of a run that saves nothing');
  return known;
}

function timeOf(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}
