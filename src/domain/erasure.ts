/** Removes the personal data that an order's reports hold. */

/** Counts of what was removed from an order. */
export interface Removed {
  sections: number;
  modelAnswers: number;
  facts: number;
  links: number;
}

export interface ErasureStore {
  /**
   * Removes sections, raw model answers, facts and links of an order, and the digest of its request.
   * Mark the order as erased first: what a run still under way inserts later is then removed too.
   */
  purge(orderId: string): Promise<Removed>;
}
