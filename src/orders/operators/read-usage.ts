/** What model calls have used and cost, for operators. */
import type { Store } from '../../domain/ports/store.ts';
import type { UsageDay, UsageReport, Used } from '../../domain/spend.ts';

export interface UsageSummary {
  total: Used;
  /** by day, product and model */
  days: UsageDay[];
  /** begun on these days, oldest first; at most 1,000 */
  reports: UsageReport[];
}

/** @param range days, inclusive, YYYY-MM-DD */
export type ReadUsage = (range: { from: string; to: string }) => Promise<UsageSummary>;

const MOST_REPORTS = 1_000;

export function createReadUsage({ store }: { store: Pick<Store, 'spend'> }): ReadUsage {
  return async ({ from, to }) => {
    const days = await store.spend.usage(from, to);
    const reports = await Array.fromAsync(store.spend.usageByReport(from, to, MOST_REPORTS));
    return { total: totalOf(days), days, reports };
  };
}

function totalOf(days: readonly Used[]): Used {
  const sum = (field: keyof Used): number => days.reduce((total, day) => total + day[field], 0);
  return {
    calls: sum('calls'),
    faults: sum('faults'),
    unknown: sum('unknown'),
    tokensIn: sum('tokensIn'),
    tokensCached: sum('tokensCached'),
    tokensWritten: sum('tokensWritten'),
    tokensOut: sum('tokensOut'),
    tokensReasoning: sum('tokensReasoning'),
    costMicros: sum('costMicros'),
  };
}
