/** A dispute: the customer's bank asks about a payment, or claims its money back. */

/** `won`: the money is ours. `lost`: the bank has taken it. */
export type DisputeStatus = 'open' | 'won' | 'lost';

export interface Dispute {
  /** the provider's */
  id: string;
  /** an inquiry only asks: no money leaves us, and it may be refunded */
  kind: 'inquiry' | 'chargeback';
  status: DisputeStatus;
  /** what is claimed, minor units */
  amountMinor: number;
}

/** Whether the bank holds the money of it until it is decided. */
export function isOpenChargeback({ kind, status }: Dispute): boolean {
  return kind === 'chargeback' && status === 'open';
}

/** @returns what the bank has taken for good, minor units */
export function takenMinorOf(disputes: readonly Dispute[]): number {
  return disputes
    .filter(({ kind, status }) => kind === 'chargeback' && status === 'lost')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
