/** What a stand-in saw, in order and without a limit: an independent record to check every count against. */

export interface Entry {
  /** 1-based */
  n: number;
  /** ISO 8601 */
  at: string;
}

export interface Journal<Seen extends object> {
  /** Writes an entry at once. The returned object may be completed while the answer goes out. */
  add(seen: Seen): Seen & Entry;
  /** Entries after number `since`. */
  since(since: number): (Seen & Entry)[];
  /** Forgets the entries; the numbers continue. */
  clear(): void;
}

export function createJournal<Seen extends object>(): Journal<Seen> {
  let entries: (Seen & Entry)[] = [];
  let count = 0;
  return {
    add(seen) {
      count += 1;
      const entry = Object.assign(seen, { n: count, at: new Date().toISOString() });
      entries.push(entry);
      return entry;
    },
    since: (since) => entries.filter((entry) => entry.n > since),
    clear() {
      entries = [];
    },
  };
}
