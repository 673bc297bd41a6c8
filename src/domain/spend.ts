/** What model calls may cost and have cost: caps, the accounts that they limit, and usage by day. */
import type { Usage } from './usage.ts';

export const CAP_NAMES = ['report', 'day', 'month'] as const;
export type CapName = (typeof CAP_NAMES)[number];

/** Millionths of a dollar. Null: no cap. */
export type Caps = Readonly<Record<CapName, number | null>>;

/** What was spent, and what calls under way may still cost at most. */
export interface SpendAccount {
  /** `report-<id>`, `day-2026-11-21` or `month-2026-11`; days and months in UTC */
  key: string;
  committedMicros: number;
  /** it counts from the beginning of its day, month or report; a release before this one only counted under a cap */
  whole?: boolean | null;
}

/** An account that a call is booked on. */
export interface Account {
  cap: CapName;
  key: string;
  /** null: it only counts */
  capMicros: number | null;
}

export interface CappedAccount extends Account {
  capMicros: number;
}

/** What requests have used. */
export interface Used extends Required<Usage> {
  /** requests that were sent and have ended */
  calls: number;
  /** requests among them without an answer */
  faults: number;
  /** requests among them whose usage nobody knows: booked at the most that they may have taken */
  unknown: number;
  costMicros: number;
}

/** What one product has used of one model on one day, UTC. */
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

/** Booked with a call's closing, in the same write where the database has transactions. */
export interface Booking {
  /** accounts on which the call's highest cost was reserved */
  accounts: readonly string[];
  reservedMicros: number;
  /** when it was sent, YYYY-MM-DD, UTC */
  day: string;
  reportId: string;
  productId: string;
  model: string;
}

export type Reservation =
  /** the accounts, including this reservation */
  { refusedBy: null; accounts: SpendAccount[] } | { refusedBy: CappedAccount };

export interface SpendStore {
  /** Adds `micros` to every account, or to none if one would exceed its cap. Safe for many at once. */
  reserve(accounts: readonly Account[], micros: number): Promise<Reservation>;
  /** Takes back what was reserved for a call that was never sent. */
  release(keys: readonly string[], micros: number): Promise<void>;
  /** Null: nothing was spent or reserved. */
  find(key: string): Promise<SpendAccount | null>;
  /** Caps that an operator has set; they replace the configured ones. */
  caps(): Promise<Partial<Caps>>;
  setCaps(caps: Partial<Caps>): Promise<void>;
  /** By day, product and model. @param from and `to` inclusive, YYYY-MM-DD */
  usage(from: string, to: string): Promise<UsageDay[]>;
  /** Of reports begun on these days, oldest first. @param most no more than this */
  usageByReport(from: string, to: string, most?: number): AsyncIterable<UsageReport>;
  usageOfReport(reportId: string): Promise<UsageReport | null>;
}
