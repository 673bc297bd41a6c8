/** Removing what an order's reports hold of a person. */

/** What of an order was removed, counted. */
export interface Removed {
  sections: number;
  modelAnswers: number;
  facts: number;
  links: number;
}

export interface ErasureStore {
  /**
   * Removes sections, raw model answers, facts and links of an order, and the digest of its request.
   * Mark the order as erased first: later inserts of a run still under way are then taken back.
   */
  purge(orderId: string): Promise<Removed>;
}
