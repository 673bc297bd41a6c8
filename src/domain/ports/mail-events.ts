/** What the mail provider tells of a letter after it took it. */

/** `dropped`: the provider itself refused to send it on, as the address failed before. */
export type MailEventType = 'processed' | 'delivered' | 'bounce' | 'dropped';

export interface MailEvent {
  type: MailEventType;
  /** of the e-mail row, as it was sent along */
  key: string;
  /** milliseconds since 1970 */
  at: number;
}

/**
 * Checks the signature and reads the events; kinds that mean nothing to us are left out.
 * @throws AlmanacError `webhook_signature` when forged, altered or too old
 */
export type ReadMailEvents = (
  rawBody: Buffer,
  signed: { signature: string; timestamp: string },
) => MailEvent[];
