/** A lease: work that one process at a time may do. */

export interface Lease {
  name: string;
  holder: string;
  /** ISO 8601 */
  expiresAt: string;
}

export interface LeaseStore {
  /** Takes or renews the lease. @returns false while another holder's has not expired */
  take(name: string, holder: string, now: Date, ms: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
  find(name: string): Promise<Lease | null>;
}
