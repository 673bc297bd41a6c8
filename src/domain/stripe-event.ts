/** The payment provider's events, as we store them: ids only, never their contents. */

export interface StripeEvent {
  id: string;
  type: string;
  /** the checkout session, refund or dispute that it is about */
  objectId: string;
  receivedAt: string;
  processedAt: string | null;
}

export interface StripeEventStore {
  /** @returns false when that event is already stored */
  insert(event: StripeEvent): Promise<boolean>;
  processed(id: string, at: Date): Promise<void>;
  /** Events received before `before` and not processed yet, oldest first. */
  unprocessed(before: Date): AsyncIterable<StripeEvent>;
}
