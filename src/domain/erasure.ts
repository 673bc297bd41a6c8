/** Removes the personal data that an order's reports hold. */

/** Counts of what was removed from an order. */
export interface Removed {
  sections: number;
  modelAnswers: number;
  facts: number;
  links: number;
}

/** After how many days orders are erased by themselves. */
export interface Retention {
  /** those that were never paid, from the day when they were placed */
  unpaidDays: number;
  /** those that were paid, from the day when they ended; null: never */
  endedDays: number | null;
}

export interface ErasureStore {
  /**
   * Removes sections, raw model answers, facts and links of an order, and the digest of its request.
   * Mark the order as erased first: what a run still under way inserts later is then removed too.
   */
  purge(orderId: string): Promise<Removed>;
}
