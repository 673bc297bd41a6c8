/** What the mail provider reports about a letter after accepting it. */

/** `dropped`: the provider did not send it, because the address failed before. */
export type MailEventType = 'processed' | 'delivered' | 'bounce' | 'dropped';

export interface MailEvent {
  type: MailEventType;
  /** the e-mail row's key, which was sent along */
  key: string;
  /** milliseconds since 1970 */
  at: number;
}

/**
 * Checks the signature and reads the events; kinds that we do not use are left out.
 * @throws AlmanacError `webhook_signature` when forged, altered or too old
 */
export type ReadMailEvents = (
  rawBody: Buffer,
  signed: { signature: string; timestamp: string },
) => MailEvent[];
