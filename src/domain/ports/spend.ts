/** The store's books: reservations against caps, and what was used. */
import type { CappedAccount, Caps, SpendAccount, UsageDay, UsageReport } from '../spend.ts';

/** What is booked with a call's closing: in one write with it where the database has transactions. */
export interface Booking {
  /** accounts on which the call's most was reserved */
  accounts: readonly string[];
  reservedMicros: number;
  /** when it was sent, YYYY-MM-DD, UTC */
  day: string;
  reportId: string;
  productId: string;
  model: string;
}

export type Reservation =
  /** accounts as they stand with this reservation */
  { refusedBy: null; accounts: SpendAccount[] } | { refusedBy: CappedAccount };

export interface SpendStore {
  /** Adds `micros` to every account, or to none where one would exceed its cap. Safe among many at once. */
  reserve(accounts: readonly CappedAccount[], micros: number): Promise<Reservation>;
  /** Takes back what was reserved for a call that was never sent. */
  release(keys: readonly string[], micros: number): Promise<void>;
  find(key: string): Promise<SpendAccount | null>;
  /** Caps that an operator has set, in place of the configured ones. */
  caps(): Promise<Partial<Caps>>;
  setCaps(caps: Partial<Caps>): Promise<void>;
  /** By day, product and model. @param from and `to` inclusive, YYYY-MM-DD */
  usage(from: string, to: string): Promise<UsageDay[]>;
  /** Of reports begun on these days, oldest first. @param after continue behind this report */
  usageByReport(from: string, to: string, limit: number, after?: string): Promise<UsageReport[]>;
  usageOfReport(reportId: string): Promise<UsageReport | null>;
}
