/** What reaches the customer: e-mails and links, as rows that are written before anything is sent. */

export type EmailKind = 'received' | 'delayed' | 'ready' | 'refunded' | 'reissued' | 'alert';

/**
 * `sending`: handed to the provider, answer not known yet. `delivered`: the provider says that it
 * arrived. `bounced`: the address does not take it. `failed`: given up on our side.
 */
export type EmailState = 'due' | 'sending' | 'sent' | 'delivered' | 'bounced' | 'failed';

export interface EmailRow {
  /** unique: kind and what it is about, so that nothing is mailed twice */
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
  /** of an `alert`: its text, ids and causes only */
  note?: string;
}

/** A row that is due now. */
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

/** The customer's link to one report. Its token is derived from id and generation, never stored. */
export interface Link {
  /** `lnk_` and the report's id: one link a report */
  id: string;
  orderId: string;
  reportId: string;
  /** raised to revoke the tokens made before */
  generation: number;
  expiresAt: string;
  downloads: number;
  createdAt: string;
}
