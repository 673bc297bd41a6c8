/** What model calls may cost and have cost: caps, the accounts that they bound, and usage by day. */
import type { Usage } from './section.ts';

export const CAP_NAMES = ['report', 'day', 'month'] as const;
export type CapName = (typeof CAP_NAMES)[number];

/** Millionths of a dollar. Null: no cap. */
export type Caps = Readonly<Record<CapName, number | null>>;

/** What was spent, and what calls under way may still cost at most. */
export interface SpendAccount {
  /** `report-<id>`, `day-2026-11-21` or `month-2026-11`; days and months are UTC's */
  key: string;
  committedMicros: number;
}

export interface CappedAccount {
  cap: CapName;
  key: string;
  capMicros: number;
}

/** What requests have used. */
export interface Used extends Usage {
  /** requests that were sent and have ended */
  calls: number;
  /** those of them that brought no answer */
  faults: number;
  costMicros: number;
}

/** What one model has cost one product on one day, UTC. */
export interface UsageDay extends Used {
  /** YYYY-MM-DD */
  day: string;
  productId: string;
  model: string;
}

/** What one report has cost. */
export interface UsageReport extends Used {
  reportId: string;
  productId: string;
  /** of its first request, YYYY-MM-DD */
  day: string;
}

export function accountKeyOf(cap: CapName, reportId: string, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  if (cap === 'report') return `report-${reportId}`;
  return cap === 'day' ? `day-${day}` : `month-${day.slice(0, 7)}`;
}
