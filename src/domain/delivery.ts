/** What reaches the customer: e-mails and links, as rows that are written before anything is sent. */

export type EmailKind = 'received' | 'delayed' | 'ready' | 'refunded' | 'reissued' | 'alert';

/** `sending`: handed to the provider, answer not known yet. */
export type EmailState = 'due' | 'sending' | 'sent' | 'failed';

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
