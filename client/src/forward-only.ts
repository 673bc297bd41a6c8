/** Snapshots may come late or twice. What a customer sees of an order only moves forward. */
import type { Order, Report } from './generated/types.gen.ts';

/** @returns a function that gives each snapshot as it may be shown, or null when it tells nothing newer */
export function forwardOnly(): (order: Order) => Order | null {
  let last: Order | null = null;
  return (order) => {
    const before = last;
    // a slow answer to a poll, or the same revision by another way
    if (before !== null && order.revision <= before.revision) return null;
    const reports = order.reports.map((report) =>
      forward(
        report,
        before?.reports.find(({ product }) => product === report.product),
      ),
    );
    last = { ...order, reports };
    return last;
  };
}

/** A counter falls only when a report that had ended is written again, which is news and not noise. */
function forward(report: Report, before: Report | undefined): Report {
  if (before === undefined || hasEnded(before)) return report;
  const { done, pagesDrawn } = report.progress;
  const progress = { ...report.progress, done: Math.max(done, before.progress.done) };
  if (pagesDrawn !== undefined) {
    progress.pagesDrawn = Math.max(pagesDrawn, before.progress.pagesDrawn ?? 0);
  }
  return { ...report, progress };
}

function hasEnded({ state }: Report): boolean {
  return state === 'failed' || state === 'held' || state === 'cancelled' || state === 'delivered';
}
