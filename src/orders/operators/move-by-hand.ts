/** One move of a report by an operator's hand: fenced as a run's is, audited, and told to who waits. */
import { AlmanacError } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { ReportQueue, Signals } from '../../domain/ports/work.ts';
import type { Report, ReportChange } from '../../domain/report.ts';
import type { ReportState } from '../../domain/transitions.ts';
import type { Log } from '../../telemetry/log.ts';

export interface ByHandDeps {
  store: Pick<Store, 'orders' | 'reports' | 'audit' | 'refunds'>;
  queue: Pick<ReportQueue, 'ensure'>;
  signals: Pick<Signals, 'wake'>;
  log: Log;
  clock: () => Date;
}

export interface HandMove {
  action: string;
  /** in words, for who asked in vain: "a failed report" */
  takes: string;
  /** @returns null where the report, as it stands, does not allow it */
  plan(report: Report, now: Date): PlannedMove | null | Promise<PlannedMove | null>;
  /** for the audit */
  detail: string;
}

export interface PlannedMove {
  to: ReportState;
  change: ReportChange;
  /** for the audit, behind the move's own */
  detail?: string;
}

/**
 * A run that holds the report is told at once and writes nothing more.
 * @returns the report after the move
 * @throws AlmanacError `not_found`, or `report_state` when the report does not allow it
 */
export async function moveByHand(
  { store, signals, clock }: Pick<ByHandDeps, 'store' | 'signals' | 'clock'>,
  reportId: string,
  { action, takes, plan, detail }: HandMove,
): Promise<Report> {
  for (;;) {
    const report = await findReport(store, reportId);
    const now = clock();
    const planned = await plan(report, now);
    if (planned === null) {
      const reason = `${reportId} is ${report.state}: ${action} takes ${takes}.`;
      throw new AlmanacError('report_state', reason);
    }
    const { to, change } = planned;
    const moved = await store.reports.move(reportId, report.fence, to, now, change);
    if (moved === null) continue; // a run moved it in between: look again
    const said = [detail, planned.detail].filter(Boolean).join('; ');
    await audit(store, moved, { action, detail: said }, now);
    signals.wake(moved.orderId);
    return moved;
  }
}

/** @throws AlmanacError `not_found` */
export async function findReport(store: Pick<Store, 'reports'>, reportId: string): Promise<Report> {
  const report = await store.reports.find(reportId);
  if (report === null) throw new AlmanacError('not_found', `There is no report ${reportId}.`);
  return report;
}

export function audit(
  store: Pick<Store, 'audit'>,
  report: Report,
  { action, detail }: { action: string; detail: string },
  now: Date,
): Promise<void> {
  const { id: reportId, orderId } = report;
  const at = now.toISOString();
  return store.audit.append({
    id: newId('aud'),
    at,
    actor: 'operator',
    action,
    orderId,
    reportId,
    detail,
  });
}

/** Brings the report's job to the front. Redis being away is no fault: the sweeper does it later. */
export async function prompt(
  { queue, log }: Pick<ByHandDeps, 'queue' | 'log'>,
  { id: reportId, orderId, queue: name }: Report,
): Promise<void> {
  try {
    await queue.ensure({ reportId, orderId, queue: name, delayMs: 0 });
  } catch (err) {
    log.warn({ err, reportId }, 'job not ensured: the sweeper will');
  }
}
