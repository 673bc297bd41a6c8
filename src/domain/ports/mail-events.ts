/** What the mail provider reports about a letter after accepting it. */

/**
 * `bounce`: the address does not exist or takes no mail. `blocked`: refused for now, for example because of the
 * sender's reputation; the address may be good. `dropped`: the provider itself did not send the letter on.
 */
export type MailEventType = 'processed' | 'delivered' | 'bounce' | 'blocked' | 'dropped';

export interface MailEvent {
  type: MailEventType;
  /** of the e-mail row, as it was sent along; null: the event has lost it, as late bounces do */
  key: string | null;
  /** what the provider may have called this message when it accepted it; none: it does not say */
  providerIds: string[];
  /** milliseconds since 1970 */
  at: number;
}

/** One request of the provider's. */
export interface MailBatch {
  /** those that mean something to us */
  events: MailEvent[];
  /** of each event that could not be read: the part that is wrong */
  odd: string[];
}

/**
 * Checks the signature and reads each event by itself: an odd one never decides about the others.
 * @throws AlmanacError `webhook_signature` when forged, altered or too old, `bad_request` when signed but not a list
 */
export type ReadMailEvents = (
  rawBody: Buffer,
  signed: { signature: string; timestamp: string },
) => MailBatch;
