/** Addresses that must not be mailed again. */

export interface Suppression {
  fingerprint: string;
  reason: string;
  /** ISO 8601 */
  at: string;
}

export interface SuppressionStore {
  /** @param fingerprint of the address: the address itself is not stored */
  add(fingerprint: string, reason: string, at: Date): Promise<void>;
  has(fingerprint: string): Promise<boolean>;
}
