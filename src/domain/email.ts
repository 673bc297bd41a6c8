/** Letters: our e-mails, as rows that are written before anything is sent. */

export const EMAIL_KINDS = [
  'received',
  'delayed',
  'corrected',
  'ready',
  'refunded',
  'reissued',
  'alert',
] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];
/** What goes to customers. */
export const LETTER_KINDS = EMAIL_KINDS.filter((kind) => kind !== 'alert');

/**
 * `sending`: handed to the provider, answer not known yet. `delivered`: the provider says that it
 * arrived. `bounced`: the address takes no mail. `blocked`: it did not arrive, but the address may be good.
 * `failed`: we gave up.
 */
export const EMAIL_STATES = [
  'due',
  'sending',
  'sent',
  'delivered',
  'bounced',
  'blocked',
  'failed',
] as const;
export type EmailState = (typeof EMAIL_STATES)[number];

/** As far as we know, the customer does not have it. */
export const NOT_ARRIVED: readonly EmailState[] = ['bounced', 'blocked', 'failed'];

export interface EmailRow {
  /** unique: the kind and what it is about, so that nothing is sent twice */
  key: string;
  kind: EmailKind;
  orderId: string;
  /** reports whose links it carries */
  reportIds: string[];
  state: EmailState;
  providerId: string | null;
  tries: number;
  createdAt: string;
  /** when it was last handed to the provider */
  sendingSince: string | null;
  sentAt: string | null;
  /** when an operator had it sent again; left out or null: never */
  resentAt?: string | null;
  /** the text of an `alert`: ids and causes only */
  note?: string;
}

export function dueEmail(
  row: Pick<EmailRow, 'key' | 'kind' | 'orderId'> & Partial<EmailRow>,
  now: Date,
): EmailRow {
  return {
    reportIds: [],
    state: 'due',
    providerId: null,
    tries: 0,
    createdAt: now.toISOString(),
    sendingSince: null,
    sentAt: null,
    ...row,
  };
}

export interface EmailStore {
  /** @returns false when a row with that key exists */
  insert(row: EmailRow): Promise<boolean>;
  find(key: string): Promise<EmailRow | null>;
  /** The letter that the provider gave one of these ids. */
  findByProvider(providerIds: readonly string[]): Promise<EmailRow | null>;
  /** Whether any letter was handed to the provider since then, and has no answer yet. */
  anySendingSince(since: Date): Promise<boolean>;
  ofOrder(orderId: string): Promise<EmailRow[]>;
  /**
   * Takes the row for sending: from `due`, or from `sending` when that began before `unknownBefore`.
   * @returns the row with `tries` raised, or null when another sender has it or it is done
   */
  take(key: string, now: Date, unknownBefore: Date): Promise<EmailRow | null>;
  change(
    row: Pick<EmailRow, 'key' | 'kind' | 'orderId'>,
    change: Partial<Pick<EmailRow, 'state' | 'tries' | 'providerId' | 'sentAt' | 'resentAt'>>,
    /** only if it is in one of these states */
    from?: readonly EmailState[],
  ): Promise<EmailRow | null>;
  /** Rows `due`, and rows `sending` since before `unknownBefore`; oldest first. */
  unsent(unknownBefore: Date, limit: number, kinds?: readonly EmailKind[]): Promise<EmailRow[]>;
  /** Rows of these kinds and states that were created in between; oldest first. */
  created(
    between: { from?: Date; before?: Date },
    states: readonly EmailState[],
    kinds: readonly EmailKind[],
    limit: number,
  ): Promise<EmailRow[]>;
}
