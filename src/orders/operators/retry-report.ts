/** An operator has a failed report tried again: as it was, or from a step on, as a new edition. */
import { InvalidInput } from '../../domain/errors.ts';
import type { Store } from '../../domain/ports/store.ts';
import { refundIdOf } from '../../domain/refund.ts';
import { editionOf, type Report } from '../../domain/report.ts';
import type { Timings } from '../../domain/timings.ts';
import { audit, type ByHandDeps, findReport, moveByHand, prompt } from './move-by-hand.ts';

/**
 * @param fromStep 1 to the report's steps: these are asked anew, the ones before are kept; null: every
 *   section that stands is kept
 * @returns the report, and whether its share had gone back before: then the retry is a gift
 * @throws AlmanacError `not_found`, `report_state`; InvalidInput `fromStep`
 */
export type RetryReport = (
  reportId: string,
  why: string,
  fromStep?: number | null,
) => Promise<{ report: Report; gift: boolean }>;

export function createRetryReport(
  deps: ByHandDeps & { timings: Pick<Timings, 'deadline'> },
): RetryReport {
  const { store, clock } = deps;

  return async (reportId, why, fromStep = null) => {
    const { orderId, steps } = await findReport(store, reportId);
    if (fromStep !== null && fromStep > steps) throw noSuchStep(steps);
    const report = await moveByHand(deps, reportId, {
      action: 'retry',
      takes: 'a failed report',
      detail: fromStep === null ? why : `from step ${fromStep}: ${why}`,
      plan: (failed, now) =>
        failed.state === 'failed'
          ? { to: 'waiting', change: freshStart(failed, fromStep, now) }
          : null,
    });
    // Behind the move: between a refund taken back and a report not yet revived, a crash would
    // leave the customer with neither.
    const gift = !(await keepMoney(store, reportId));
    if (gift) {
      const detail = 'the share had gone back before the retry';
      await audit(store, report, { action: 'gift', detail }, clock());
    }
    // the sweeper settles it once more, should the run that delivers die right behind that
    await store.orders.change(orderId, { settledAt: null });
    await prompt(deps, report);
    return { report, gift };
  };

  function freshStart(report: Report, fromStep: number | null, now: Date) {
    const next = { edition: editionOf(report) + 1, fromStep: fromStep ?? 1 };
    return {
      reason: null,
      attempts: 0,
      crashes: 0,
      snoozes: 0,
      runningMs: 0,
      notBefore: null,
      settledAt: null,
      deadline: new Date(now.getTime() + deps.timings.deadline).toISOString(),
      editions: fromStep === null ? report.editions : [...report.editions, next],
    };
  }
}

/** @returns false when the report's share is on its way back, or back */
async function keepMoney(store: Pick<Store, 'refunds'>, reportId: string): Promise<boolean> {
  const id = refundIdOf(reportId);
  if (await store.refunds.move(id, 'due', 'void')) return true;
  const refund = await store.refunds.find(id);
  return refund === null || refund.state === 'void';
}

function noSuchStep(steps: number): InvalidInput {
  const message = `must be from 1 to ${steps}, the number of the report's steps`;
  return new InvalidInput([{ field: 'fromStep', message }]);
}
