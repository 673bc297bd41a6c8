/** Counts of what must never be seen in a store. */
export interface Witnessed {
  sectionsRewritten: number;
  staleWrites: number;
}
