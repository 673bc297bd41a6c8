/** What a stand-in saw, in order and without a limit: the other side's books of every count. */

export interface Entry {
  /** 1-based */
  n: number;
  /** ISO 8601 */
  at: string;
}

export interface Journal<Seen extends object> {
  /** Writes an entry at once; the returned object may be filled in as the answer goes out. */
  add(seen: Seen): Seen & Entry;
  /** Entries behind number `since`. */
  since(since: number): (Seen & Entry)[];
  /** Forgets the entries; numbers go on. */
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
