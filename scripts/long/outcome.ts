/** What became of a part of `npm run check:long`: the faults it found, or why it could not run. */
export type Outcome = { faults: string[] } | { skipped: string };
