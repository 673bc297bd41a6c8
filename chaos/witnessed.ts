/** What must never be seen in a store, counted. */
export interface Witnessed {
  sectionsRewritten: number;
  staleWrites: number;
}
